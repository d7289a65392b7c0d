import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import test from 'node:test'
import { watchRunDelay } from '../../src/world/run-delay.ts'
import { watchRunnableThreads } from '../../src/world/runnable-threads.ts'

const linux = existsSync('/proc/self/schedstat') ? false : 'the kernel does not tell'

function spin(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

test(
  'a thread that only computes either runs or waits for a core: together the time that passed',
  { skip: linux },
  t => {
    const take = watchRunDelay()
    if (take === null) {
      t.skip('the kernel keeps no such statistics')
      return
    }
    const cpu = process.cpuUsage()
    const from = performance.now()
    spin(400)
    const { waitedMs } = take()
    const passedMs = performance.now() - from
    const { user, system } = process.cpuUsage(cpu)
    const sum = waitedMs + (user + system) / 1000
    t.diagnostic(`${waitedMs} ms waited of ${passedMs}`)
    assert.ok(Math.abs(sum - passedMs) < 0.15 * passedMs, `${sum} ms of ${passedMs}`)
  },
)

test('what was waited is told once, and times on a core are counted', { skip: linux }, async t => {
  const take = watchRunDelay()
  if (take === null) {
    t.skip('the kernel keeps no such statistics')
    return
  }
  for (let i = 0; i < 20; i += 1) await new Promise(resolve => setTimeout(resolve, 2))
  assert.ok(take().runs >= 10)
  const again = take()
  assert.ok(again.runs <= 2 && again.waitedMs < 50, JSON.stringify(again))
})

test('as many busy threads as cores are seen at nearly every look', { skip: linux }, async t => {
  const isCrowded = watchRunnableThreads()
  if (isCrowded === null) {
    t.skip('the kernel does not tell')
    return
  }
  const neighbours = Array.from(cpus(), () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
  t.after(() => neighbours.forEach(neighbour => neighbour.kill('SIGKILL')))
  await new Promise(resolve => setTimeout(resolve, 500))
  let seen = 0
  for (let i = 0; i < 50; i += 1) {
    await new Promise(resolve => setTimeout(resolve, 5))
    if (isCrowded()) seen += 1
  }
  assert.ok(seen >= 45, `${seen} of 50`)
})
