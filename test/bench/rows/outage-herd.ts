// Herds as large as the figures promise: issued in time on this machine, and back when the simulation says so.
import { resolveOutage } from '../../../src/config/outage-config.ts'
import { outage } from '../../../src/index.ts'
import type { Report } from '../../../src/report/report.ts'
import type { Figures, Row, Rows } from '../row.ts'

const DOWN = '10s'
/** Each has five seconds to be served in. */
const HERDS = { small: { connections: 2000, capacity: 400 }, large: { connections: 10_000, capacity: 2000 } }
// All in step; in step with delays that double; spread by a narrow draw, a capped and a wide one.
const POLICIES = ['fixed', 'exponential', 'socketio', 'aws-full', 'rfc6455']
// In step, 511 of 2,000 are back with each wave: of doubling delays the fourth after the restore comes 81 s after it.
const HORIZON = '100s'
const ROUNDS = 3

function valueOf(report: Report, name: string): number {
  const metric = report.metrics[name]
  return metric !== undefined && 'value' in metric ? metric.value : Number.NaN
}

async function herd(policy: string, { connections, capacity }: { connections: number; capacity: number }) {
  const words = { connections: String(connections), capacity: `${capacity}/s`, down: DOWN, horizon: HORIZON }
  const report = await outage(resolveOutage(null, { ...words, policy: [policy], allowLimited: true }, file => file))
  const [measured, predicted] = ['recovery_t95', 'predicted_recovery_t95'].map(name => valueOf(report, name))
  const figures: Figures = {
    back: valueOf(report, 'clients_back'),
    t95: measured!,
    difference: Math.abs(measured! - predicted!) / predicted!,
    issue: valueOf(report, 'gen_issue_lag_p99'),
    accept: valueOf(report, 'gen_accept_lag_p99'),
    limited: report.validity.verdict === 'limited' ? 1 : 0,
  }
  return figures
}

const figures = {
  back: 'clients that came back',
  t95: 'ms from the restore until 95 % are back',
  difference: 'of it, away from the prediction',
  issue: 'ms, attempts behind their schedule, p99',
  accept: 'ms from issue to accept, p99',
  limited: '1: the run found itself limited',
}

const row = (policy: string, size: { connections: number; capacity: number }, goals: Row['goals']): Row => ({
  title: `${policy}: ${size.connections} clients, refused for ${DOWN}, then ${size.capacity} admissions per second`,
  figures,
  rounds: ROUNDS,
  contestants: { rtbench: { run: () => herd(policy, size) } },
  goals,
  limit: 'the processor: clients, gate and endpoint share it',
})

const rows: Rows = [
  ...POLICIES.map(policy =>
    row(policy, HERDS.small, [
      { figure: 'difference', against: null, most: 0.1 },
      { figure: 'limited', against: null, most: 0 },
    ]),
  ),
  // Whatever the machine can do: it completes, and says which of the two it was.
  row('socketio', HERDS.large, [{ figure: 'back', against: null, least: HERDS.large.connections }]),
]

export default rows
