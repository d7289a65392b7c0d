import type { Frame } from '../../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../../protocol/websocket/opcode.ts'
import { describeFrame } from '../../wire/describe-received.ts'
import type { WebSocketServer } from '../../wire/websocket-server.ts'
import { fail, pass, skip, type Verdict } from '../verdict.ts'

const SIZES = [1, 125, 126, 65_535, 65_536]

/**
 * Makes the server send all that it can be made to: echoes of each length form as text and binary, a pong, a Close. The
 * frames come as they are, greetings first.
 */
export async function elicit(server: WebSocketServer, extensions?: string): Promise<readonly Frame[]> {
  const socket = await server.connect(extensions === undefined ? {} : { extensions })
  for (const size of SIZES) {
    socket.text('*'.repeat(size))
    socket.binary(Buffer.alloc(size, 0xfe))
  }
  socket.ping('rtbench')
  let echoes = 'echo' in server.capabilities.absent ? 0 : SIZES.length * 2
  let pongs = 1
  while (echoes > 0 || pongs > 0) {
    const received = await socket.next()
    if (received.kind !== 'frame' || received.frame.opcode === OPCODE.close) return socket.frames
    if (received.frame.opcode === OPCODE.pong) pongs -= 1
    else if (received.frame.fin && received.frame.opcode < OPCODE.close) echoes -= 1
  }
  socket.close(1000)
  for (;;) {
    const received = await socket.next()
    if (received.kind !== 'frame' || received.frame.opcode === OPCODE.close) return socket.frames
  }
}

/** Each frame of the server is as `wrong` wants it, which returns what is expected instead. */
export function judgeFrames(frames: readonly Frame[], wrong: (frame: Frame) => string | null): Verdict {
  if (frames.length === 0) return skip('the server sent no frame')
  for (const frame of frames) {
    const expected = wrong(frame)
    if (expected !== null) return fail(expected, describeFrame(frame))
  }
  return pass(`${frames.length} frames`)
}
