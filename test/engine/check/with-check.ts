import { resolveCheck } from '../../../src/config/check-config.ts'
import { runCheck } from '../../../src/engine/check.ts'
import type { CheckResult, Report } from '../../../src/report/report.ts'

const noFile = (): string => {
  throw new Error('no file is read')
}

/** A check run with the words of the command line. */
export function check(
  url: string | null,
  words: Record<string, unknown> = {},
  readText: (path: string) => string = noFile,
): Promise<Report> {
  const stop = new AbortController().signal
  return runCheck(resolveCheck(url, words, readText), { observer: () => {}, stop })
}

/** `ws.handshake.accept: fail …` for each result of these verdicts. */
export function lines(report: Report, ...verdicts: CheckResult['verdict'][]): string[] {
  return report.checks
    .filter(({ verdict }) => verdicts.includes(verdict))
    .map(({ id, verdict, expected, observed, reason }) => `${id}: ${verdict}: ${expected} | ${observed} | ${reason}`)
}
