import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { OutgoingFrame } from '../../../wire/websocket-peer.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { skip } from '../../verdict.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'
import { textMessage } from '../../websocket/echo.ts'

const frame = (hex: string, change: Partial<OutgoingFrame> = {}): OutgoingFrame => ({
  opcode: OPCODE.text,
  rsv1: true,
  payload: Buffer.from(hex, 'hex'),
  ...change,
})
const rest = (hex: string) => frame(hex, { opcode: OPCODE.continuation, rsv1: false })

const cases = [
  { name: 'one block (§7.2.3.1)', text: 'Hello', frames: [frame('f248cdc9c90700')] },
  { name: 'in two frames (§7.2.3.1)', text: 'Hello', frames: [frame('f248cd', { fin: false }), rest('c9c90700')] },
  { name: 'stored block (§7.2.3.3)', text: 'Hello', frames: [frame('000500faff48656c6c6f00')] },
  { name: 'BFINAL set (§7.2.3.4)', text: 'Hello', frames: [frame('f348cdc9c9070000')] },
  { name: 'two blocks (§7.2.3.5)', text: 'Hello', frames: [frame('f24805000000ffffcac9c90700')] },
  { name: 'nothing but an empty block (§7.2.3.6)', text: '', frames: [frame('00')] },
  {
    name: 'an empty block as the last frame (§7.2.3.6)',
    text: 'Hello',
    frames: [frame('f248cdc9c907000000ffff', { fin: false }), rest('00')],
  },
]

export default {
  title: 'The examples of the document are understood',
  level: 'must',
  spec: rfc7692(
    '7.2.1',
    'An endpoint MAY use multiple DEFLATE blocks to compress one message. […] An endpoint MAY use DEFLATE blocks of any type. […] An endpoint MAY use both DEFLATE blocks with the "BFINAL" bit set to 0 and DEFLATE blocks with the "BFINAL" bit set to 1.',
  ),
  why: 'Libraries other than zlib, and zlib with other flush modes, make exactly these forms.',
  fix: 'Let the inflater go on after a final block, accept stored and several blocks, and take 00 for an empty message.',
  covers: [{ row: 'ws.pmd.vectors' }],
  needs: ['echo', 'deflate'],
  run: server =>
    tryCases(cases, async ({ text, frames }) => {
      const connection = await connectDeflate(server)
      if (connection === null) return skip('it declines a plain offer')
      for (const one of frames) connection.socket.send(one)
      const verdict = await connection.awaitEcho(textMessage(text))
      connection.socket.finish()
      return verdict
    }),
  selfTest: {
    passes: { 'understands them': webSocketServer() },
    fails: {
      'ends at a final block': {
        peer: webSocketServer({ frame: (one, side) => one.payload[0] === 0xf3 && (side.close(1007), true) }),
        says: '§7.2.3.4',
      },
      'knows no stored blocks': {
        peer: webSocketServer({ frame: (one, side) => one.payload[0] === 0 && (side.close(1007), true) }),
        says: '§7.2.3.3',
      },
    },
    skips: { declines: webSocketServer({ deflate: false }) },
  },
} satisfies WebSocketCheck
