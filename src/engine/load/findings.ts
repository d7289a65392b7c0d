import type { LoadConfig, Transport } from '../../config/run-config.ts'
import type { Collector } from '../../measure/collector.ts'
import type { Finding, Metric, Report } from '../../report/report.ts'
import { formatMs, formatRate, formatShare } from '../../report/text.ts'
import type { TargetClock } from './target-clock.ts'
import type { Behind } from './target-limit.ts'

const PUBLISH_WAIT_MS = 50
const WHOLE_CORE = 0.9

/** What a reader should know of a load run beyond its figures, each with what to change. */
export function loadFindings(
  config: LoadConfig,
  transport: Transport,
  collector: Collector,
  metrics: Record<string, Metric>,
  validity: Report['validity'],
): Finding[] {
  const findings: Finding[] = []
  const add = (id: string, severity: Finding['severity'], text: string, fix = '') =>
    findings.push({ id, severity, text, fix })
  const count = (name: string) => (metrics[name]?.type === 'counter' ? metrics[name].value : 0)

  if (validity.verdict === 'limited' && config.allowLimited) {
    add(
      'limited-allowed',
      'warning',
      `the generator was the limit, and --allow-limited let the run pass: ${validity.reasons.join('; ')}`,
    )
  }
  if (config.pace.kind === 'closed') {
    add(
      'closed-loop',
      'info',
      `a closed loop waits for answers: while the target stalls nothing is sent, so its latency figures leave the stall out; ${closedLoopLimit(metrics)}`,
      'measure latency on a schedule, with --rate or --total-rate',
    )
  }
  const unsent = count('msgs_unsent')
  if (unsent > 0) {
    add(
      'target-does-not-read',
      'warning',
      config.pattern === 'publish'
        ? `${unsent} messages were not published: the publish address takes them too slowly`
        : `${unsent} messages were not sent: the target did not read what it was sent before`,
      'lower the rate to what the target takes, or find it with --find-max',
    )
  }
  const wait = collector.histograms.get('publish_wait')
  const waitMs = (wait?.percentile(99) ?? 0) / 1000
  if (waitMs > PUBLISH_WAIT_MS) {
    const requestMs = (collector.histograms.get('publish_rtt')?.percentile(50) ?? 0) / 1000
    add(
      'publish-address-slow',
      'warning',
      `messages waited ${waitMs.toFixed(0)} ms (p99) until they could be posted: the publish address takes ${requestMs.toFixed(1)} ms (p50) for each; the delivery times as sent leave this wait out`,
      'lower the rate, or publish by a faster way',
    )
  }
  const unexpected = count('msgs_unexpected')
  if (unexpected > 0) {
    const text =
      config.pattern === 'echo'
        ? `${unexpected} messages were no echo of what was sent on their connection`
        : `${unexpected} messages were not published by this run`
    add('unexpected-messages', 'warning', text, 'use a channel that nobody else writes to, or --pattern listen')
  }
  const sent = count('msgs_sent')
  const received = count('msgs_received')
  if (config.pattern === 'echo' && sent > 0 && received === 0) {
    add(
      'no-echo',
      'warning',
      'not one message came back: this endpoint does not echo',
      'use --pattern publish with --publish URL, or --pattern listen',
    )
  }
  if (config.message.text !== null && !config.message.text.includes('{{mark}}') && config.pattern === 'echo') {
    add(
      'answers-in-order',
      'info',
      'the message has no {{mark}}: answers were matched in order, loss and duplicates could not be told apart',
      'put {{mark}} where the endpoint returns it, for example in a JSON field',
    )
  }
  if (transport === 'poll' && config.pollIntervalMs === null && pollsBusy(collector)) {
    add(
      'busy-poll',
      'warning',
      'most polls came back at once without a message: the endpoint does not hold them',
      'check --cursor, or poll at an interval with --poll-interval',
    )
  }
  return findings
}

/** Whose pace a closed loop had. */
function closedLoopLimit({ gen_cpu: cpu }: Record<string, Metric>): string {
  const share = cpu?.type === 'gauge' ? cpu.value : 0
  const used = `the workers used ${formatShare(share)} of a core each`
  return share < WHOLE_CORE
    ? `its pace was that of the target's answers: ${used}`
    : `its pace was that of this generator: ${used}`
}

/** That the target takes less than it is sent. */
export const behindFinding = ({ answered, asked, firstMs, lastMs }: Behind): Finding => ({
  id: 'target-behind',
  severity: 'warning',
  text: `the target was the limit: of ${formatRate(asked)} in the later half of the run it answered ${formatRate(answered)}, and the others waited: answers took ${formatMs(firstMs)} (p50) at first and ${formatMs(lastMs)} at the end, longer the longer it lasts`,
  fix: 'lower the rate to what the target takes, or find it with --find-max',
})

/** Why --timestamp gave no figure. */
export const clockFinding = (why: string): Finding => ({
  id: 'unknown-clock-offset',
  severity: 'warning',
  text: `the time from emission to arrival is not shown: ${why}`,
  fix: 'run rtbench on the machine of the target, let the target tell its time as rtbench serve does at /time, or measure the gaps between events',
})

/** How far the figure of --timestamp may be off. */
export function resolutionFinding(clock: TargetClock | null): Finding {
  const whole = 'where that is in whole ms the times are up to 1 ms too long'
  const finding = (text: string): Finding => ({ id: 'timestamp-resolution', severity: 'info', text, fix: '' })
  if (clock === null || clock.plusMinusMs === null) {
    return finding(`delivery is counted from the timestamp in the message, on the clock of this machine: ${whole}`)
  }
  const { offsetMs } = clock.used
  const side = offsetMs >= 0 ? 'ahead of' : 'behind'
  return finding(
    `delivery is counted from the timestamp in the message, by a clock that is ${formatMs(Math.abs(offsetMs))} ${side} this machine's: each time ± ${formatMs(clock.plusMinusMs)}; ${whole}`,
  )
}

/** Why a run is shorter than it was to be. */
export const abortFinding = (expression: string): Finding => ({
  id: 'aborted-by-threshold',
  severity: 'error',
  text: `the run was ended early: ${expression} no longer held`,
  fix: '',
})

function pollsBusy(collector: Collector): boolean {
  const polls = collector.counter('polls')
  const cycle = collector.histograms.get('poll_cycle')
  return polls > 100 && collector.counter('polls_empty') > polls * 0.8 && (cycle?.percentile(50) ?? 0) < 1_000_000
}
