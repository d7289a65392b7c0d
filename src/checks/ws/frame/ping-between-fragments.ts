import type { Frame } from '../../../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { maskedFrames, type OutgoingFrame } from '../../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, type Verdict } from '../../verdict.ts'
import { awaitEcho, textMessage } from '../../websocket/echo.ts'
import { fragments } from '../../websocket/fragments.ts'

const ping = (text: string): OutgoingFrame => ({ opcode: OPCODE.ping, payload: Buffer.from(text) })
const two = textMessage('fragment1fragment2')
const five = textMessage('fragment1fragment2fragment3fragment4fragment5')
const [first, second] = fragments(two, 9) as [OutgoingFrame, OutgoingFrame]
const parts = fragments(five, 9)

interface Case {
  name: string
  message: typeof two
  /** Each part is sent when all pings of the one before are answered. */
  parts: readonly (readonly OutgoingFrame[])[]
  split?: number
}

const cases: Case[] = [
  { name: 'a ping between two fragments', message: two, parts: [[first, ping('ping payload')], [second]] },
  { name: 'all at once', message: two, parts: [[first, ping('ping payload'), second]] },
  { name: 'octet by octet', message: two, parts: [[first, ping('ping payload'), second]], split: 1 },
  {
    name: 'pings among five fragments',
    message: five,
    parts: [
      [parts[0]!, parts[1]!, ping('pongme 1!')],
      [parts[2]!, parts[3]!, ping('pongme 2!'), parts[4]!],
    ],
  },
  {
    name: 'pings among five fragments, octet by octet',
    message: five,
    parts: [
      [parts[0]!, parts[1]!, ping('pongme 1!')],
      [parts[2]!, parts[3]!, ping('pongme 2!'), parts[4]!],
    ],
    split: 1,
  },
]

async function attempt(server: WebSocketServer, one: Case): Promise<Verdict> {
  const socket = await server.connect()
  for (const [index, part] of one.parts.entries()) {
    const bytes = maskedFrames(part)
    await socket.peer.sendSplit(bytes, one.split ?? bytes.length)
    const asked = part.find(frame => frame.opcode === OPCODE.ping)
    if (asked === undefined) continue
    for (;;) {
      const received = await socket.next()
      if (received.kind === 'frame' && isPong(received.frame, asked)) break
      const pushed = received.kind === 'frame' && isOther(received.frame, one.message.payload)
      const expected = `pong "${asked.payload!.toString()}" before the echo`
      if (!pushed) return fail(expected, `${describeReceived(received)} after part ${index + 1}`)
    }
  }
  return awaitEcho(server, socket, one.message)
}

const isPong = (frame: Frame, asked: OutgoingFrame) =>
  frame.opcode === OPCODE.pong && frame.payload.equals(asked.payload!)
const isOther = (frame: Frame, payload: Buffer) =>
  frame.opcode < OPCODE.close && !payload.includes(frame.payload.subarray(0, 9))

export default {
  title: 'A ping between the fragments of a message is answered at its place',
  level: 'must',
  spec: rfc6455('5.4', 'An endpoint MUST be capable of handling control frames in the middle of a fragmented message.'),
  why: 'If control frames could not be inserted, a ping would have to wait for the whole of a large message.',
  fix: 'Handle control frames apart from the message that is being put together, and answer pings at once.',
  covers: [
    { row: 'ws.fr.frag-ping', autobahn: ['5.6-5.8', '5.19', '5.20'], literally: ['5.6-5.8', '5.19', '5.20'] },
    { row: 'ws.pp.during-frag' },
  ],
  needs: ['echo'],
  run: server => tryCases(cases, one => attempt(server, one)),
  selfTest: {
    passes: { 'answers both': webSocketServer() },
    fails: {
      'does not answer': { peer: webSocketServer({ pong: () => null }), says: 'after part 1' },
      'refuses a ping inside': webSocketServer({
        frame: (frame, side) => frame.opcode === OPCODE.ping && (side.close(1002), true),
      }),
      'takes the ping for a fragment': webSocketServer({
        message: (side, opcode, payload) => side.message(opcode, Buffer.concat([payload, Buffer.from('ping')])),
      }),
      'answers late': {
        peer: () => {
          const waiting: Buffer[] = []
          return webSocketServer({
            pong: payload => (waiting.push(payload), null),
            message(side, opcode, payload) {
              side.message(opcode, payload)
              for (const pong of waiting.splice(0)) side.send({ opcode: OPCODE.pong, payload: pong })
            },
          })()
        },
        says: 'text frame',
      },
    },
  },
} satisfies WebSocketCheck
