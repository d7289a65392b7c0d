import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Answer } from './answer.ts'

const lingerMs = 1000

/**
 * Ends a raw connection with an answer. What the client still sends is read and thrown away for a moment: a socket
 * closed with unread bytes is reset, and the reset can overtake the answer.
 */
export function refuse(socket: Duplex, answer: Answer, method = 'GET'): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const body = Buffer.from(answer.body?.text ?? '')
  const headers = {
    Connection: 'close',
    'Content-Type': answer.body?.type,
    'Content-Length': body.length,
    ...answer.headers,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}\r\n`)
  socket.end(method === 'HEAD' ? undefined : body)
  socket.on('data', () => {})
  socket.on('end', () => socket.destroy())
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
}
