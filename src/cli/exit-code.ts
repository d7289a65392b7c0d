import type { Report } from '../report/report.ts'

// The contract with scripts: add, never change.
export const EXIT = {
  held: 0,
  failed: 1,
  usage: 2,
  invalid: 3,
  unreachable: 4,
  bug: 70,
  SIGINT: 130,
  SIGTERM: 143,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const BY_VERDICT = { pass: EXIT.held, fail: EXIT.failed, invalid: EXIT.invalid, unreachable: EXIT.unreachable }

/** What the process answers for a result. A run cut short says so first, whatever it had found by then. */
export function exitCode(report: Pick<Report, 'interrupted' | 'verdict'>): ExitCode {
  return report.interrupted === undefined ? BY_VERDICT[report.verdict] : EXIT[report.interrupted]
}

/** Of several runs: interrupted first, then the code that needs a look soonest. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  const order: readonly ExitCode[] = [130, 143, 70, 2, 4, 1, 3, 0]
  return order.find(code => codes.includes(code)) ?? EXIT.held
}
