import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** A client may send requests before it has its answers (RFC 9112 §9.3.2), but not pile up streams and held polls. */
const pipelinedMax = 16
const underWay = new WeakMap<Socket, Set<ServerResponse>>()

/** Counts an answer in among those that its connection waits for; false if they are too many. */
export function joinPipeline(socket: Socket, response: ServerResponse): boolean {
  const answers = underWay.get(socket) ?? openPipeline(socket)
  answers.add(response)
  response.once('close', () => answers.delete(response))
  return answers.size <= pipelinedMax
}

/** Until Node 22 an answer that waits behind another is not told when its connection is gone. */
function openPipeline(socket: Socket): Set<ServerResponse> {
  const answers = new Set<ServerResponse>()
  underWay.set(socket, answers)
  socket.once('close', () => {
    for (const answer of answers) {
      answer.destroy()
      answer.emit('close')
    }
  })
  return answers
}
