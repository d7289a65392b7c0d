import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { OutgoingFrame } from '../../../wire/websocket-peer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { textMessage, tryEchoes } from '../../websocket/echo.ts'
import { fragments } from '../../websocket/fragments.ts'

const message = textMessage('fragment1fragment2')
const [first, second] = fragments(message, 9) as [OutgoingFrame, OutgoingFrame]
const pong = (payload: string) => ({ opcode: OPCODE.pong, payload: Buffer.from(payload) })

export default {
  title: 'A pong between the fragments of a message changes nothing',
  level: 'must',
  spec: rfc6455(
    '5.5.3',
    'A Pong frame MAY be sent unsolicited.  This serves as a unidirectional heartbeat.  A response to an unsolicited Pong frame is not expected.',
  ),
  why: 'Clients send heartbeats while they upload: they must neither break the message nor become part of it.',
  fix: 'Pass over pongs that answer nothing, also inside a fragmented message.',
  covers: [{ row: 'ws.fr.frag-pong' }],
  needs: ['echo'],
  run: server =>
    tryEchoes(server, [
      { name: 'with payload', message, frames: [first, pong('heartbeat'), second] },
      { name: 'empty', message, frames: [first, pong(''), second] },
    ]),
  selfTest: {
    passes: { 'passes over it': webSocketServer() },
    fails: {
      'refuses it': {
        peer: webSocketServer({
          frame: (frame, side) => frame.opcode === OPCODE.pong && (side.close(1002), true),
        }),
        says: 'Close 1002',
      },
      'takes it for a fragment': webSocketServer({
        message: (side, opcode) => side.message(opcode, Buffer.from('fragment1heartbeatfragment2')),
      }),
    },
  },
} satisfies WebSocketCheck
