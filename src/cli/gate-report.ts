import type { Threshold } from '../config/run-config.ts'
import type { Report } from '../report/report.ts'
import { evaluateThresholds } from '../report/thresholds.ts'

/** The report with further thresholds held against it; its verdict can only become worse. */
export function gateReport(report: Report, thresholds: readonly Threshold[]): Report {
  if (thresholds.length === 0) return report
  const { transport } = (report.config['target'] ?? {}) as { transport?: unknown }
  const tags: Record<string, string> = typeof transport === 'string' ? { transport } : {}
  const results = evaluateThresholds(thresholds, { ...report, tags })
  const isMissed = results.some(({ ok }) => !ok)
  return {
    ...report,
    thresholds: [...report.thresholds, ...results],
    verdict: isMissed && report.verdict === 'pass' ? 'fail' : report.verdict,
  }
}
