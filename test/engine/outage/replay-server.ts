// An event stream server with a history: what it replays to a client that comes back is the test's choice.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export type Replay = 'after-last-id' | 'nothing' | 'five-too-many' | 'newest-first'

export interface ReplayServer {
  url: string
  /** Messages that clients who came back had not seen, all clients together. */
  missed(): number
}

export async function startReplayServer(t: TestContext, replay: Replay): Promise<ReplayServer> {
  const history: string[] = []
  let missed = 0
  const streams = new Set<ServerResponse>()
  const event = (id: number) => `id: ${id}\ndata: ${history[id]}\n\n`
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = ''
      request.on('data', bytes => (body += String(bytes)))
      request.on('end', () => {
        history.push(body)
        for (const stream of streams) stream.write(event(history.length - 1))
        response.end()
      })
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': hello\n\n')
    const last = request.headers['last-event-id']
    if (last !== undefined) missed += history.length - (Number(last) + 1)
    const from = Number(last) + 1 - (replay === 'five-too-many' ? 5 : 0)
    const replayed = history.map((_, id) => id).slice(Math.max(0, from))
    if (replay === 'newest-first') replayed.reverse()
    if (last !== undefined && replay !== 'nothing') for (const id of replayed) response.write(event(id))
    streams.add(response)
    response.on('close', () => streams.delete(response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, missed: () => missed }
}
