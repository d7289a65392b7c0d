// A generator that stands still in the storm must not pass its own silence off as the server's.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { platform } from 'node:os'
import { test } from 'node:test'
import { exitCode } from '../../../src/cli/exit-code.ts'
import { resolveOutage } from '../../../src/config/outage-config.ts'
import { runOutage } from '../../../src/engine/outage.ts'
import { valueOf } from './run.ts'

/** Herd workers among the children of this process. */
function herdWorkers(): number[] {
  const isOurs = (pid: string) => {
    try {
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      return parent === String(process.pid) && command.includes('outage/worker-main')
    } catch {
      return false
    }
  }
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && isOurs(name))
    .map(Number)
}

test('SIGSTOP for 500 ms in the storm makes the run limited, exit 3', async t => {
  if (platform() !== 'linux') return t.skip('finds its workers in /proc')
  const words = { connections: '50', control: '1', policy: ['fixed:delay=100ms'], down: '4s', horizon: '20s' }
  const config = resolveOutage(null, words, path => path)
  let isDown = () => {}
  const down = new Promise<void>(resolve => (isDown = resolve))
  const running = runOutage(config, {
    observer: ({ phase }) => phase === 'down' && isDown(),
    stop: new AbortController().signal,
  })
  await down
  await new Promise(resolve => setTimeout(resolve, 300))
  const workers = herdWorkers()
  assert.ok(workers.length > 0)
  for (const pid of workers) process.kill(pid, 'SIGSTOP')
  await new Promise(resolve => setTimeout(resolve, 500))
  for (const pid of workers) process.kill(pid, 'SIGCONT')
  const report = await running
  assert.equal(report.validity.verdict, 'limited')
  assert.match(report.validity.reasons.join('\n'), /the generator stood still for \d+ ms/)
  const [stall, lag] = [valueOf(report, 'gen_longest_stall')!, valueOf(report, 'gen_issue_lag_max')!]
  assert.ok(stall >= 450, `500 ms of standstill, ${stall} ms found`)
  // Each client is due every 100 ms: somebody was, right at the start of it.
  assert.ok(lag >= 350 && lag <= stall + 100, `issue lag of ${lag} ms in a standstill of ${stall} ms`)
  assert.equal(report.verdict, 'invalid')
  assert.equal(exitCode(report), 3)
})
