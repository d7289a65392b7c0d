// One outage through the public API, with the words of the command line.
import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { resolveOutage } from '../../../src/config/outage-config.ts'
import type { Given } from '../../../src/config/read-options.ts'
import { runOutage } from '../../../src/engine/outage.ts'
import type { Report } from '../../../src/report/report.ts'

export async function runWords(url: string | null, given: Given): Promise<Report> {
  const config = resolveOutage(url, given, path => path)
  const stop = new AbortController().signal
  const report = await runOutage(config, { observer: () => {}, stop })
  assert.equal(getEventListeners(stop, 'abort').length, 0, 'listeners left behind')
  return report
}

/** The value of a metric, of a policy where several ran; null where there is none. */
export function valueOf(report: Report, name: string, policy?: string): number | null {
  const metric = report.metrics[policy === undefined ? name : `${name}{policy:${policy}}`]
  return metric === undefined || metric.type === 'histogram' ? null : metric.value
}
