import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { tryPings } from '../../websocket/pings.ts'

const cases = [
  { name: 'text', payload: Buffer.from('Hello, world!') },
  { name: 'binary', payload: Buffer.from('00fffefdfcfb00ff', 'hex') },
  { name: '125 bytes', payload: Buffer.alloc(125, 0xfe) },
  { name: '125 bytes, octet by octet', payload: Buffer.alloc(125, 0xfe), split: 1 },
]

export default {
  title: 'A pong carries the payload of its ping',
  level: 'must',
  spec: rfc6455(
    '5.5.3',
    'A Pong frame sent in response to a Ping frame must have identical "Application data" as found in the message body of the Ping frame being replied to.',
  ),
  why: 'The payload is how a client knows which ping was answered, and measures the round trip.',
  fix: 'Copy the payload, as octets and up to 125 of them.',
  covers: [{ row: 'ws.pp.payload', autobahn: ['2.2-2.4', '2.6'], literally: ['2.2-2.4', '2.6'] }],
  run: server => tryPings(server, cases),
  selfTest: {
    passes: { 'copies it': webSocketServer() },
    fails: {
      'leaves it out': { peer: webSocketServer({ pong: () => Buffer.alloc(0) }), says: 'pong frame, 0 bytes' },
      'decodes it': {
        peer: webSocketServer({ pong: payload => Buffer.from(payload.toString('utf8')).subarray(0, 125) }),
        says: 'binary: pong frame',
      },
      'cuts it': webSocketServer({ pong: payload => payload.subarray(0, 124) }),
    },
  },
} satisfies WebSocketCheck
