import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { FrameGate } from './frame-gate.ts'

const readAheadBytes = 64 * 1024

/** A socket whose incoming bytes go through a gate; back-pressure, half-closing and errors pass unchanged. */
export function gatedSocket(socket: Socket, gate: FrameGate): Duplex {
  const gated = new Duplex({
    readableHighWaterMark: readAheadBytes,
    read() {
      socket.resume()
    },
    write(chunk, encoding, callback) {
      socket.write(chunk, encoding, callback)
    },
    writev(chunks, callback) {
      socket.cork()
      for (const { chunk, encoding } of chunks.slice(0, -1)) socket.write(chunk, encoding)
      const last = chunks.at(-1)!
      socket.write(last.chunk, last.encoding, callback)
      socket.uncork()
    },
    final(callback) {
      socket.end(callback)
    },
    destroy(error, callback) {
      socket.destroy()
      callback(error)
    },
  })
  socket.on('data', chunk => {
    for (const piece of gate(chunk)) if (!gated.push(piece)) socket.pause()
  })
  socket.on('end', () => gated.push(null))
  socket.on('error', error => gated.destroy(error))
  socket.on('close', () => gated.destroy())
  return gated
}
