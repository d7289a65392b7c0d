import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { maskedFrame } from '../../../wire/websocket-peer.ts'
import { sleep } from '../../../world/timer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'

const SECONDS = 60

export default {
  title: 'How long a frame that comes octet by octet is waited for',
  level: 'info',
  spec: practice('time limits', 'A server may give up a frame that takes too long.'),
  why: 'An unfinished frame holds its buffer: many of them hold much.',
  fix: 'Bound the buffer by what has arrived, not by what the header announces, and the time by a limit.',
  covers: [{ row: 'ws.sec.slow-frame' }],
  slow: true,
  async run(server) {
    const socket = await server.connect()
    const frame = maskedFrame({ opcode: OPCODE.text, payload: Buffer.alloc(4096, 'x') })
    socket.sendBytes(frame.subarray(0, 8))
    for (let second = 1; second <= SECONDS; second += 1) {
      const received = await socket.next(1000)
      if (received.kind !== 'silence') return info(`${describeReceived(received)} after ${second} s`)
      socket.sendBytes(frame.subarray(7 + second, 8 + second))
    }
    return info(`waited for over ${SECONDS} s`)
  },
  selfTest: {
    infos: {
      waits: { peer: webSocketServer(), says: 'over 60 s' },
      'gives up': {
        peer: webSocketServer({
          opened: async side => {
            await sleep(side.connection.clock, 5500)
            side.close(1008)
          },
        }),
        says: 'Close 1008',
      },
    },
  },
} satisfies WebSocketCheck
