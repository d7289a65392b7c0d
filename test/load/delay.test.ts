import assert from 'node:assert/strict'
import test from 'node:test'
import { startServer } from '../servers/start.ts'
import { histogram, runLoad } from './run-load.ts'

const ATTEMPTS = 3
const loops: { name: string; words: (string | number)[] }[] = [
  { name: '1 message/s on each connection', words: ['-c', 50, '-r', 1] },
  { name: '20 messages/s on each connection', words: ['-c', 10, '-r', 20] },
  { name: '400 messages/s in total', words: ['-c', 5, '-R', 400] },
  { name: 'a random schedule', words: ['-c', 10, '-R', 100, '--arrival', 'poisson'] },
  { name: 'closed loop, 1 under way', words: ['-c', 10, '--in-flight', 1] },
  { name: 'closed loop, 8 under way', words: ['-c', 5, '--in-flight', 8] },
]

for (const { name, words } of loops) {
  test(`a server that answers after 100 ms is measured at 100 to 103 ms: ${name}`, async t => {
    const server = await startServer<{ lateMs: number }>(t, 'websocket-delaying', [100])
    const seen: string[] = []
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { report } = await runLoad([`ws://${server.host}/`, ...words, '-d', '2s', '-w', 1])
      const { p50, min, count } = histogram(report, 'msg_rtt')
      const { lateMs } = await server.facts()
      const { verdict } = report.validity
      seen.push(`p50 ${p50} ms of ${count}, the server itself ${lateMs.toFixed(2)} ms late, ${verdict}`)
      // No machine is too busy for this one: an answer cannot come before it was sent.
      assert.ok(min >= 99.9, `an answer after ${min} ms`)
      const isRight = p50 >= 100 && p50 <= 103 + lateMs
      if (isRight || attempt === ATTEMPTS) t.diagnostic(seen.join('; '))
      if (isRight) return
    }
    // A figure that it calls valid has to be true; one that it calls limited was made by this machine.
    assert.ok(
      seen.every(line => line.endsWith('limited')),
      seen.join('; '),
    )
    t.skip(`this machine is too busy: ${seen.join('; ')}`)
  })
}
