import type { CheckResult } from '../report.ts'

/** `ws.close.echo-code` is about `ws close`. */
export const subjectOf = ({ id }: CheckResult) => id.split('.').slice(0, -1).slice(0, 2).join(' ') || 'others'

/** The checks of each subject, in the order in which the subjects come. */
export function bySubject(checks: readonly CheckResult[]): Map<string, CheckResult[]> {
  const groups = new Map<string, CheckResult[]>()
  for (const check of checks) groups.set(subjectOf(check), [...(groups.get(subjectOf(check)) ?? []), check])
  return groups
}
