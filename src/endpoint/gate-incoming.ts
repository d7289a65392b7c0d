import type { Socket } from 'node:net'
import type { FrameGate } from './frame-gate.ts'

/**
 * Puts a gate between a socket and whoever reads it. It sits in push(), where the socket hands over what it has read,
 * because a stream wrapped around the socket would double the cost of an echo.
 */
export function gateIncoming(socket: Socket, gate: FrameGate): void {
  const push = socket.push.bind(socket)
  socket.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (chunk === null) return push(null)
    let wantsMore = true
    for (const piece of gate(chunk)) wantsMore = push(piece, encoding)
    return wantsMore
  }
}
