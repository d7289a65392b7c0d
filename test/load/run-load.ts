import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Report } from '../../src/report/report.ts'
import { type Ended, rtbench } from '../cli/run-rtbench.ts'

export interface LoadEnded extends Ended {
  report: Report
}

/** Runs `rtbench load … --json` in its own process. Of a busy machine it expects no more than that it is admitted. */
export async function runLoad(words: readonly (string | number)[]): Promise<LoadEnded> {
  const ended = await rtbench(['load', ...words.map(String), '--json', '--no-progress', '--allow-limited'])
  assert.ok(ended.stdout.startsWith('{'), `no report (exit ${ended.code}): ${ended.stdout}${ended.stderr}`)
  return { ...ended, report: JSON.parse(ended.stdout) as Report }
}

/** A counter's value, 0 where the report has none. */
export function counter({ metrics }: Report, name: string): number {
  const metric = metrics[name]
  return metric?.type === 'counter' ? metric.value : 0
}

export function histogram({ metrics }: Report, name: string) {
  const metric = metrics[name]
  assert.ok(metric?.type === 'histogram', `${name} is no histogram`)
  return metric
}

export function counters(report: Report, ...names: string[]): Record<string, number> {
  return Object.fromEntries(names.map(name => [name, counter(report, name)]))
}

/** Skips where this machine was too busy to do what the test is about; a run that calls itself valid has to do it. */
export function tooBusy(t: TestContext, report: Report, isDone: boolean): boolean {
  if (isDone || report.validity.verdict === 'valid') return false
  t.skip(`this machine is too busy: ${report.validity.reasons.join('; ')}`)
  return true
}
