// The EventSource of undici, which is the one of Node, on a real loopback server: 3 s, cut short by retry:.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { EventSource } from 'undici'
import { now } from '../../../src/world/clock.ts'

async function serve(answers: ((response: import('node:http').ServerResponse) => void)[]) {
  const asked: number[] = []
  const server = createServer((_request, response) => {
    const answer = answers[asked.length]
    asked.push(now())
    if (answer) answer(response)
    else response.writeHead(503).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { asked, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

test('undici waits 3 s by default and as retry: says, and a 503 ends it for good', async () => {
  const stream = (text: string) => (response: import('node:http').ServerResponse) =>
    void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text)
  const { asked, server, url } = await serve([stream('data: a\n\n'), stream('retry: 400\ndata: b\n\n'), stream('')])
  const source = new EventSource(url)
  await new Promise<void>(resolve => {
    source.addEventListener('error', () => source.readyState === 2 && resolve())
  })
  server.close()
  const [first = 0, second = 0, third = 0] = asked.slice(1).map((at, index) => at - asked[index]!)
  assert.equal(asked.length, 4)
  assert.ok(first >= 2990 && first < 4500, `${first} ms`)
  assert.ok(second >= 390 && second < 1500, `${second} ms`)
  assert.ok(third >= 390 && third < 1500, `${third} ms`)
})
