import assert from 'node:assert/strict'
import { test } from 'node:test'
import { liveView } from '../../src/cli/live-view.ts'
import { sparkline } from '../../src/cli/sparkline.ts'
import type { Progress } from '../../src/engine/progress.ts'
import { screen } from './screen.ts'

const progress = (second: number, change: Partial<Progress> = {}): Progress => ({
  phase: 'running',
  elapsedMs: second * 1000,
  plannedMs: 30_000,
  connections: { asked: 500, open: 497, failed: 3, dropped: 0 },
  sentPerSecond: 980,
  receivedPerSecond: 975,
  bytesPerSecond: 65_536,
  latencyName: 'msg_rtt',
  p50Ms: 11.5,
  p99Ms: 30 + second,
  errors: 3,
  generator: { loopLagMs: 0.8, sendLagMs: 0.2, cpuShare: 0.36 },
  note: '',
  ...change,
})

function view(width: number, colour = false) {
  const terminal = screen(width)
  let columns = width
  const live = liveView({ write: text => terminal.write(text), columns: () => columns, colour })
  return { terminal, live, resize: (to: number) => (terminal.shrink(to), (columns = to)) }
}

test('at 80 columns connections, rates, latency, errors, generator and time left are shown, each run over the last', () => {
  const { terminal, live } = view(80)
  for (let second = 1; second <= 12; second += 1) live.observer(progress(second))
  assert.deepEqual(terminal.lines(), [
    'running      ━━━━━━━━━━━━━━━━────────────────────────  12 s, 18 s left',
    'connections  497 open of 500 · 3 failed',
    'messages     980/s sent · 975/s received · 64 KiB/s',
    'round trip   p50 11.5 ms · p99 42 ms         ▁▁▂▂▂▃▃▃▃▄▄▄',
    'errors       3',
    'generator    CPU 36 % · loop lag 800 µs · send lag 200 µs',
  ])
})

test('in an outage only what is known is shown: the time, who is connected, the attempts', () => {
  const { terminal, live } = view(80)
  const connections = { asked: 200, open: 55, failed: 0, dropped: 145 }
  live.observer(
    progress(4, { phase: 'recovering', plannedMs: null, connections, note: '560 attempts, 145 clients not back' }),
  )
  assert.deepEqual(terminal.lines(), [
    'recovering   4 s',
    'connections  55 open of 200 · 145 dropped',
    '             560 attempts, 145 clients not back',
  ])
})

test('no line reaches the last column, at any width, and the end leaves the terminal empty', () => {
  for (const width of [20, 40, 59, 60, 80, 200]) {
    const { terminal, live } = view(width, true)
    const note = 'trying 12,000 messages/s in all, the fourth level of the search for the most that holds'
    for (let second = 1; second <= 30; second += 1) live.observer(progress(second, { note }))
    const lines = terminal.lines()
    assert.ok(
      lines.every(line => line.length < width),
      `${width}: ${lines.join('\n')}`,
    )
    assert.equal(lines.length, width < 60 ? 1 : 7)
    live.end()
    assert.deepEqual(terminal.lines(), [''])
  }
})

test('a terminal that becomes narrower is cleaned of the lines it broke', () => {
  const { terminal, live, resize } = view(120)
  for (let second = 1; second <= 100; second += 1) live.observer(progress(second % 30))
  for (const to of [70, 40]) {
    resize(to)
    live.observer(progress(5))
    assert.equal(terminal.lines().length, to < 60 ? 1 : 6, terminal.lines().join('\n'))
  }
})

test('before the first sample and without a known end nothing is made up', () => {
  const { terminal, live } = view(80)
  live.observer(progress(3, { plannedMs: null, p50Ms: null, p99Ms: null, phase: 'opening' }))
  assert.equal(terminal.lines()[0], 'opening      3 s')
  assert.equal(terminal.lines()[3], 'round trip   no sample yet')
})

test('a curve within a factor of two stays low, gaps stay gaps', () => {
  assert.equal(sparkline([10, 11, null, 10], 10), '▁▂ ▁')
  assert.equal(sparkline([1, 10, 100], 10), '▁▅█')
  assert.equal(sparkline([1, 2, 3, 100], 2), '▁█')
  assert.equal(sparkline([], 5), '')
})

test('drawing once a second takes less than 1 % of a core', () => {
  const live = liveView({ write: () => {}, columns: () => 200, colour: true })
  for (let second = 0; second < 200; second += 1) live.observer(progress(second % 30))
  const before = process.cpuUsage()
  for (let second = 0; second < 500; second += 1) live.observer(progress(second % 30))
  const { user, system } = process.cpuUsage(before)
  const msPerDraw = (user + system) / 1000 / 500
  assert.ok(msPerDraw < 10, `${msPerDraw} ms`)
})
