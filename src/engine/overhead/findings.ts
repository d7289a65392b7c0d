import type { OverheadConfig } from '../../config/overhead-config.ts'
import type { Finding } from '../../report/report.ts'
import { formatBytes, formatCount, formatNumber } from '../../report/text.ts'
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
  const info = (id: string, text: string, fix = '') => findings.push({ id, severity: 'info', text, fix })
  const good = all.filter(({ failure, messages }) => failure === null && messages > 0)
  for (const { way, published, messages } of good)
    if (published > messages)
      findings.push({
        id: `overhead.${way}-lost`,
        severity: 'warning',
        text: `${WAY_NAMES[way]}: ${published - messages} of ${published} messages did not arrive; its figures are per message that did`,
        fix: '',
      })
  for (const measured of good) {
    const { way, messages, windowMs, steady } = measured
    const cost = costOf(measured)
    const perSecond = measured.messageBytes === null ? messages / (windowMs / 1000) : config.messagesPerSecond
    const bytesPerSecond = cost.wire * perSecond * config.audience
    const requests =
      steady.polls === 0 ? '' : `, ${formatNumber((steady.polls / messages) * perSecond * config.audience)} requests/s`
    info(
      `overhead.${way}-audience`,
      `${WAY_NAMES[way]}: ${formatCount(config.audience)} users at ${formatNumber(perSecond)} messages/s each take ${formatBytes(bytesPerSecond)}/s on the wire (modelled)${requests}`,
    )
  }
  if (good.length > 1) info('overhead.fit', fitSentence(good), fitAdvice(good))
  return findings
}

function fitSentence(good: readonly Measured[]): string {
  const sorted = good.toSorted((a, b) => costOf(a).wire - costOf(b).wire)
  const least = costOf(sorted[0]!)
  const ratios = sorted.map(one => `${WAY_NAMES[one.way]} ${formatNumber(costOf(one).wire / least.wire)}`)
  return `bytes on the wire per message, modelled, against the cheapest: ${ratios.join(', ')}`
}

function fitAdvice(good: readonly Measured[]): string {
  const has = (way: Way) => good.some(measured => measured.way === way)
  const lines: string[] = []
  if (has('sse')) lines.push('one direction and text, through proxies that know only HTTP: SSE; it resumes by itself')
  if (has('ws')) lines.push('both directions, or binary: WebSocket; resuming is yours to build')
  if (has('poll'))
    lines.push('long polling where neither passes: its headers travel with every message, batching spreads them')
  if (has('plain-poll')) lines.push('plain polling where messages are rarer than its interval and may be late by it')
  return lines.join('\n')
}
