import type { CheckResult, Finding } from '../../../report/report.ts'
import { cellName, ORIGIN_REMEDIES, type OriginRemedy, wayName } from '../classify/cell.ts'
import type { PathDiagnosis } from '../classify/classify-path.ts'
import { describeWay, describeWays } from '../classify/describe-ways.ts'
import { type Hop, remedyLines } from '../hop.ts'
import { checkOf } from '../part.ts'
import { classMeaning, className, classRemedy, severityOf } from './describe-class.ts'

const REMEDY_NAMES: Readonly<Record<OriginRemedy, string>> = {
  accel: 'X-Accel-Buffering: no',
  'no-transform': 'Cache-Control: no-transform',
  comment: 'a comment (": open") right behind the head',
}

const verdicts = { info: 'pass', warning: 'warn', error: 'fail' } as const

/** One line for each way of asking. */
export function bufferingChecks(diagnoses: readonly PathDiagnosis[]): CheckResult[] {
  return diagnoses.map(diagnosis => {
    const { outcome, treated, cells } = diagnosis
    const plain = cells.filter(({ cell }) => cell.remedy === null)
    const evidence = plain.map(
      ({ cell, classification }) => `${cell.size} events: ${classification.evidence.join(', ')}`,
    )
    const tried = remediesTried([diagnosis]).map(
      remedy => `with ${REMEDY_NAMES[remedy]}: ${className(treated[remedy]!)}`,
    )
    const severity = severityOf(outcome)
    return checkOf(
      `buffering.${wayName(diagnosis)}`,
      `events pass as they are emitted: ${describeWay(diagnosis)}`,
      verdicts[severity],
      {
        expected: 'STREAM',
        observed: [className(outcome), ...evidence, ...tried].join('; '),
        reason: severity === 'info' ? '' : className(outcome),
      },
    )
  })
}

/** One finding for each thing that is wrong, whatever the number of ways that show it. */
export function bufferingFindings(diagnoses: readonly PathDiagnosis[], hop: Hop): Finding[] {
  const groups = new Map<string, PathDiagnosis[]>()
  for (const diagnosis of diagnoses) {
    if (diagnosis.outcome.kind === 'STREAM') continue
    const { kind } = diagnosis.outcome
    groups.set(kind, [...(groups.get(kind) ?? []), diagnosis])
  }
  return [...groups.values()].map(group => {
    const first = group[0]!
    const { outcome } = first
    const worst = worstEvidence(first)
    return {
      id: `buffering.${outcome.kind.toLowerCase().replaceAll('_', '-')}`,
      severity: severityOf(outcome),
      text: `${className(outcome)}: ${classMeaning(outcome)}, ${describeWays(group, diagnoses)} (${worst})`,
      fix: fixOf(group, hop).join('\n'),
    }
  })
}

function worstEvidence({ cells }: PathDiagnosis): string {
  const plain = cells.filter(({ cell }) => cell.remedy === null)
  const worst = plain.toSorted(
    (a, b) => (b.classification.features.holdMs?.p50 ?? 0) - (a.classification.features.holdMs?.p50 ?? 0),
  )[0]!
  return `${cellName(worst.cell)}: ${worst.classification.evidence.slice(0, 2).join(', ')}`
}

const remediesTried = (group: readonly PathDiagnosis[]): OriginRemedy[] =>
  ORIGIN_REMEDIES.filter(remedy => group.some(({ treated }) => treated[remedy] !== undefined))

function fixOf(group: readonly PathDiagnosis[], hop: Hop): string[] {
  const { kind } = group[0]!.outcome
  if (kind === 'STREAM' || kind === 'NOTHING') return []
  const tried = remediesTried(group)
  const mends = tried.filter(remedy => group.every(({ treated }) => treated[remedy]?.kind === 'STREAM'))
  const lines = mends.map(remedy => `from the origin, tried in this run, makes it STREAM: send ${REMEDY_NAMES[remedy]}`)
  if (mends.length === 0 && tried.length > 0) {
    const names = tried.map(remedy => REMEDY_NAMES[remedy]).join(', ')
    lines.push(`nothing that the origin sends helps (tried: ${names}); change the proxy:`)
  }
  if (tried.length === 0 && classRemedy[kind] === 'buffering')
    lines.push(`from the origin, not tried (with --origin it is): send ${REMEDY_NAMES.accel}`)
  return [...lines, ...remedyLines(hop, classRemedy[kind])]
}
