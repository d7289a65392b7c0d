import { pass, type Verdict } from './verdict.ts'

/** A server that gets this many cases wrong is not asked for the rest: each may cost a whole timeout. */
const ENOUGH = 4
const SHOWN = 4

const rank = { fail: 4, warn: 3, info: 2, skip: 1, pass: 0 } as const

/**
 * One verdict out of a table of cases, tried one after the other: the worst one, naming its cases. Cases that only
 * inform are listed all. An attempt that answers null ends the table: this case and those after it are not tried.
 */
export async function tryCases<Case extends { name: string }>(
  cases: readonly Case[],
  attempt: (one: Case) => Promise<Verdict | null>,
): Promise<Verdict> {
  const seen: { name: string; verdict: Verdict }[] = []
  for (const one of cases) {
    const verdict = await attempt(one)
    if (verdict === null) break
    seen.push({ name: one.name, verdict })
    if (seen.filter(({ verdict }) => verdict.kind === 'fail').length >= ENOUGH) break
  }
  const worst = seen.reduce<Verdict['kind']>(
    (kind, { verdict }) => (rank[verdict.kind] > rank[kind] ? verdict.kind : kind),
    'pass',
  )
  if (worst === 'pass') return pass(`${seen.length} cases`)
  const blamed = seen.filter(({ verdict }) => verdict.kind === worst)
  const untried = cases.length - seen.length
  const limit = worst === 'info' ? blamed.length : SHOWN
  const observed = [
    ...blamed.slice(0, limit).map(({ name, verdict }) => `${name}: ${'observed' in verdict ? verdict.observed : ''}`),
    ...(blamed.length > limit ? [`and ${blamed.length - limit} cases more`] : []),
    ...(untried > 0 ? [`${untried} cases not tried`] : []),
  ].join('; ')
  const first = blamed[0]!.verdict
  if (first.kind === 'fail' || first.kind === 'warn') return { ...first, observed }
  return first.kind === 'info' ? { kind: 'info', observed } : first
}
