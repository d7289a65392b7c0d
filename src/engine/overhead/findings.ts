import type { OverheadConfig } from '../../config/overhead-config.ts'
import type { Finding } from '../../report/report.ts'
import { formatBytes, formatCount, formatMs, formatNumber } from '../../report/text.ts'
import { costOf } from './cost.ts'
import type { Measured, Way } from './measure-transport.ts'

export const WAY_NAMES: Readonly<Record<Way, string>> = {
  ws: 'WebSocket',
  sse: 'SSE',
  poll: 'long polling',
  'plain-poll': 'plain polling',
}

/** What the figures mean for a number of users, and which transport fits. */
export function overheadFindings(config: OverheadConfig, all: readonly Measured[]): Finding[] {
  const findings: Finding[] = []
  const info = (id: string, text: string) => findings.push({ id, severity: 'info', text, fix: '' })
  const good = all.filter(({ failure, messages }) => failure === null && messages > 0)
  for (const { way, published, messages } of good)
    if (published > messages)
      findings.push({
        id: `overhead.${way}-lost`,
        severity: 'warning',
        text: `${WAY_NAMES[way]}: ${published - messages} of ${published} messages did not arrive; its figures are per message that did`,
        fix: '',
      })
  for (const measured of good) info(`overhead.${measured.way}-audience`, audienceSentence(config, measured))
  if (good.length > 1) {
    info('overhead.fit', fitSentence(good))
    for (const { way } of good) info(`overhead.choose-${way}`, CHOICES[way])
  }
  return findings
}

/** What so many users cost, and what they get for it. */
function audienceSentence(config: OverheadConfig, measured: Measured): string {
  const { way, messages, windowMs, steady, latency } = measured
  const perSecond = measured.messageBytes === null ? messages / (windowMs / 1000) : config.messagesPerSecond
  const bytesPerSecond = costOf(measured).wire * perSecond * config.audience
  const requests = (steady.polls / messages) * perSecond * config.audience
  const cost = [`${formatBytes(bytesPerSecond)}/s on the wire (modelled)`]
  if (steady.polls > 0) cost.push(`${formatNumber(requests)} requests/s`)
  const seen = [`messages per read ${formatNumber(messages / Math.max(1, steady.reads))}`]
  if (steady.polls > 0) seen.push(`${formatCount(steady.emptyAnswers)} of ${formatCount(steady.polls)} answers empty`)
  if (latency.count > 0) seen.push(`delivered after ${formatMs(medianMs(measured))} (p50)`)
  return `${WAY_NAMES[way]}: ${formatCount(config.audience)} users at ${formatNumber(perSecond)} messages/s each take ${cost.join(' and ')}; seen: ${seen.join(', ')}`
}

const medianMs = ({ latency }: Measured): number => (latency.percentile(50) ?? 0) / 1000

const CHOICES: Readonly<Record<Way, string>> = {
  ws: 'WebSocket fits both directions, or binary; resuming is yours to build, and every hop must pass the upgrade',
  sse: 'SSE fits one direction and text, through hops that know only HTTP; it resumes by itself',
  poll: 'long polling fits where neither passes: its headers travel with every answer, and batching spreads them',
  'plain-poll': 'plain polling fits where messages are rarer than its interval and may be late by it',
}

// Cheap and late go together: the delay stands beside the bytes.
function fitSentence(good: readonly Measured[]): string {
  const sorted = good.toSorted((a, b) => costOf(a).wire - costOf(b).wire)
  const least = costOf(sorted[0]!)
  const ratios = sorted.map(one => {
    const delay = one.latency.count === 0 ? '' : ` (${formatMs(medianMs(one))} late)`
    return `${WAY_NAMES[one.way]} ${formatNumber(costOf(one).wire / least.wire)}${delay}`
  })
  return `bytes on the wire per message, modelled, against the cheapest: ${ratios.join(', ')}`
}
