import { metricEntry } from './metric-catalogue.ts'
import type { CheckResult, Report } from './report.ts'

export interface CountComparison {
  name: string
  /** The range over the runs. */
  before: [least: number, most: number]
  after: [least: number, most: number]
  change: 'worse' | 'better' | 'same'
}

const BYTES = /^bytes_(framing|chunk|header)_(sent|received)$/

/**
 * Counts have no noise to argue away, so there is no test: worse is a loss where there was none before, or a value that
 * in every run is beyond every earlier run. Bytes are compared per message, without the payload.
 */
export function compareCounts(before: readonly Report[], after: readonly Report[]): CountComparison[] {
  const names = Object.keys({ ...before[0]!.metrics, ...after[0]!.metrics }).filter(
    name =>
      metricEntry(name)?.type === 'counter' && metricEntry(name)!.better === 'smaller' && !name.startsWith('gen_'),
  )
  const counts = names
    .filter(name => BYTES.test(name) || !name.startsWith('bytes_'))
    .map(name => compared(name, before.map(valueOf(name)), after.map(valueOf(name))))
  const failed = compared('failed checks', before.map(failedChecks), after.map(failedChecks))
  return [...counts, ...newFailures(before, after), ...(before[0]!.checks.length > 0 ? [failed] : [])]
}

const valueOf = (name: string) => (report: Report) => {
  const metric = report.metrics[name]
  const value = metric?.type === 'counter' ? metric.value : 0
  if (!BYTES.test(name)) return value
  const messages = report.metrics[name.endsWith('_sent') ? 'msgs_sent' : 'msgs_received']
  const count = messages?.type === 'counter' ? messages.value : 0
  return count === 0 ? 0 : Math.round((100 * value) / count) / 100
}

function compared(name: string, before: number[], after: number[]): CountComparison {
  const a: [number, number] = [Math.min(...before), Math.max(...before)]
  const b: [number, number] = [Math.min(...after), Math.max(...after)]
  const worse = b[0] > a[1] || (a[1] === 0 && b[1] > 0)
  const better = b[1] < a[0]
  return { name, before: a, after: b, change: worse ? 'worse' : better ? 'better' : 'same' }
}

const isBroken = ({ verdict }: CheckResult) => verdict === 'fail' || verdict === 'error'
const failedChecks = (report: Report) => report.checks.filter(isBroken).length

// A check that broke is worse even where another was mended and the number stayed.
function newFailures(before: readonly Report[], after: readonly Report[]): CountComparison[] {
  const passed = new Set(
    before.flatMap(({ checks }) => checks.filter(check => check.verdict === 'pass').map(({ id }) => id)),
  )
  const broken = new Set(after.flatMap(({ checks }) => checks.filter(isBroken).map(({ id }) => id)))
  return [...broken]
    .filter(id => passed.has(id))
    .map(id => ({ name: id, before: [0, 0], after: [1, 1], change: 'worse' }))
}
