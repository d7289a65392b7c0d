import type { ProxyConfig } from '../../config/proxy-config.ts'
import type { CheckLevel, CheckResult, CheckVerdict, Finding, Metric } from '../../report/report.ts'
import type { ProbeTarget } from './client/probe-target.ts'
import type { Origin } from './origin/origin.ts'

/** What every part of a proxy run is given. */
export interface ProxyRoom {
  config: ProxyConfig
  target: ProbeTarget
  /** Set where rtbench is the origin. */
  origin: Origin | null
  stop: AbortSignal
}

/** What one part brought. */
export interface PartResult {
  checks: CheckResult[]
  findings: Finding[]
  metrics: Record<string, Metric>
  /** Response headers, from which the hop may be named. */
  responseHeaders: [string, string][]
  /** Period of a coalescing hop, ms. */
  coalescesMs: number | null
  /** Why this machine could not measure it soundly; null: it could. */
  limited: string | null
  /** Why nothing at all could be asked. */
  unreachable: string | null
}

export const emptyPart = (): PartResult => ({
  checks: [],
  findings: [],
  metrics: {},
  responseHeaders: [],
  coalescesMs: null,
  limited: null,
  unreachable: null,
})

export interface CheckWords {
  level?: CheckLevel
  spec?: string
  expected?: string
  observed?: string
  reason?: string
}

/** One line of the table of what was looked at. */
export function checkOf(id: string, title: string, verdict: CheckVerdict, words: CheckWords = {}): CheckResult {
  const { level = 'quality', spec = '', expected = '', observed = '', reason = '' } = words
  return { id: `proxy.${id}`, title, level, spec, verdict, reason, expected, observed, ms: 0 }
}
