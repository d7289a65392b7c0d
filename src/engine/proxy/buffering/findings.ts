import type { CheckResult, Finding } from '../../../report/report.ts'
import { cellName } from '../classify/cell.ts'
import type { PathDiagnosis } from '../classify/classify-path.ts'
import { type Hop, remedyLines } from '../hop.ts'
import { checkOf } from '../part.ts'
import { classMeaning, className, classRemedy, severityOf } from './describe-class.ts'

const verdicts = { info: 'pass', warning: 'warn', error: 'fail' } as const

const way = ({ encoding, method }: PathDiagnosis): string =>
  `${method} ${encoding === 'identity' ? 'without compression' : 'with Accept-Encoding: gzip'}`

/** One line for each way of asking. */
export function bufferingChecks(diagnoses: readonly PathDiagnosis[]): CheckResult[] {
  return diagnoses.map(diagnosis => {
    const { outcome, withAccelOff, withNoTransform, cells } = diagnosis
    const plain = cells.filter(({ cell }) => !cell.accelOff && !cell.noTransform)
    const evidence = plain.map(
      ({ cell, classification }) => `${cell.size} events: ${classification.evidence.join(', ')}`,
    )
    const tried = [
      withAccelOff === null ? null : `with X-Accel-Buffering: no: ${className(withAccelOff)}`,
      withNoTransform === null ? null : `with Cache-Control: no-transform: ${className(withNoTransform)}`,
    ].filter(line => line !== null)
    const severity = severityOf(outcome)
    return checkOf(
      `buffering.${diagnosis.encoding}-${diagnosis.method.toLowerCase()}`,
      `events pass as they are emitted: ${way(diagnosis)}`,
      verdicts[severity],
      {
        expected: 'STREAM',
        observed: [className(outcome), ...evidence, ...tried].join('; '),
        reason: severity === 'info' ? '' : `${className(outcome)}: ${classMeaning(outcome)}`,
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
    const ways = group.length === diagnoses.length ? 'however it is asked for' : `by ${group.map(way).join(', ')}`
    const worst = worstEvidence(first)
    return {
      id: `buffering.${outcome.kind.toLowerCase().replaceAll('_', '-')}`,
      severity: severityOf(outcome),
      text: `${className(outcome)}: ${classMeaning(outcome)}, ${ways} (${worst})`,
      fix: fixOf(group, hop).join('\n'),
    }
  })
}

function worstEvidence({ cells }: PathDiagnosis): string {
  const plain = cells.filter(({ cell }) => !cell.accelOff && !cell.noTransform)
  const worst = plain.toSorted(
    (a, b) => (b.classification.features.holdMs?.p50 ?? 0) - (a.classification.features.holdMs?.p50 ?? 0),
  )[0]!
  return `${cellName(worst.cell)}: ${worst.classification.evidence.slice(0, 2).join(', ')}`
}

function fixOf(group: readonly PathDiagnosis[], hop: Hop): string[] {
  const { kind } = group[0]!.outcome
  const mends = (of: (diagnosis: PathDiagnosis) => PathDiagnosis['withAccelOff']) =>
    group.every(diagnosis => of(diagnosis)?.kind === 'STREAM')
  const lines: string[] = []
  if (mends(({ withAccelOff }) => withAccelOff))
    lines.push('from the origin, tried in this run, makes it STREAM: send the header X-Accel-Buffering: no')
  if (mends(({ withNoTransform }) => withNoTransform))
    lines.push('from the origin, tried in this run, makes it STREAM: send Cache-Control: no-transform')
  const tried = group.some(({ withAccelOff }) => withAccelOff !== null)
  if (lines.length === 0 && tried)
    lines.push('no header of the origin helps (X-Accel-Buffering: no and no-transform were tried); change the proxy:')
  if (kind === 'STREAM' || kind === 'NOTHING') return lines
  return [...lines, ...remedyLines(hop, classRemedy[kind])]
}
