import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { spawnEndpoint } from '../../src/endpoint/spawn.ts'
import { startServer } from '../servers/start.ts'
import { counters, runLoad } from './run-load.ts'

interface Counted {
  fromClients: number
  toClients: number
  open: number
}

const cases: { name: string; scheme: string; path: string; publish?: boolean; words: (string | number)[] }[] = [
  { name: 'ws', scheme: 'ws', path: '/echo', words: ['-r', 20] },
  { name: 'ws in a closed loop', scheme: 'ws', path: '/echo', words: ['--in-flight', 4, '--size', '3KiB'] },
  { name: 'ws with deflate', scheme: 'ws', path: '/echo', words: ['-r', 20, '--size', '1KiB', '--deflate'] },
  { name: 'ws messages over 64 KiB', scheme: 'ws', path: '/echo', words: ['-r', 5, '--size', '100KiB', '--binary'] },
  { name: 'sse', scheme: 'http', path: '/events', publish: true, words: ['-t', 'sse'] },
  { name: 'long polling', scheme: 'http', path: '/messages', publish: true, words: ['-t', 'poll'] },
  {
    name: 'plain polling',
    scheme: 'http',
    path: '/messages?hold=0',
    publish: true,
    words: ['-t', 'poll', '--poll-interval', '100ms'],
  },
  { name: 'idle', scheme: 'ws', path: '/echo', words: ['-p', 'idle'] },
]

describe('bytes_sent and bytes_received are what a proxy counts, to the byte', { concurrency: 2 }, () => {
  for (const { name, scheme, path, publish, words } of cases) {
    it(name, async t => {
      const endpoint = await spawnEndpoint({ deflate: words.includes('--deflate') })
      t.after(() => endpoint.stop())
      const proxy = await startServer<Counted>(t, 'counting-proxy', [endpoint.port])
      const publishing = publish ? ['--publish', endpoint.url('/publish'), '-p', 'publish'] : []
      const url = `${scheme}://${proxy.host}${path}`
      const { code, report } = await runLoad([url, '-c', 20, '-d', '1500ms', ...words, ...publishing])
      assert.equal(code, 0)
      const { fromClients, toClients, open } = await proxy.facts()
      assert.equal(open, 0, 'every connection has ended')
      assert.ok(fromClients > 1000 && toClients > 1000)
      const layers = (direction: string) =>
        Object.values(
          counters(report, ...['payload', 'framing', 'chunk', 'header'].map(layer => `bytes_${layer}_${direction}`)),
        ).reduce((sum, bytes) => sum + bytes, 0)
      assert.deepEqual(
        { ...counters(report, 'bytes_sent', 'bytes_received'), sent: layers('sent'), received: layers('received') },
        { bytes_sent: fromClients, bytes_received: toClients, sent: fromClients, received: toClients },
      )
    })
  }
})
