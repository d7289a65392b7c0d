import type { Comparison, TimeComparison } from '../report/compare.ts'

const WORDS = { worse: 'WORSE', better: 'better', same: 'same', 'too few runs': 'too few runs' }

/** A comparison as lines for people: what changed first, then all figures. */
export function comparisonText(comparison: Comparison, title: string): string {
  const { runs, times, counts, minimumEffect, verdict } = comparison
  const rows = [
    ['', 'before', 'after', 'ratio', '95 % interval', ''],
    ...times.map(timeRow),
    ...counts.map(({ name, before, after, change }) => [name, range(before), range(after), '', '', WORDS[change]]),
  ]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  const lines = rows.map(row =>
    row
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  '),
  )
  const changed = [...times, ...counts].filter(({ change }) => change === 'worse').map(({ name }) => name)
  const said = changed.length > 0 ? `FAIL  worse: ${changed.join(', ')}` : 'PASS  nothing became worse'
  return `Compared${title === '' ? '' : ` ${title}`}: ${runs.before} runs before, ${runs.after} after; changes of times below ${percent(minimumEffect)} are none
${lines.map(line => `  ${line.trimEnd()}`).join('\n')}

${verdict === 'fail' ? said : 'PASS  nothing became worse'}
`
}

const timeRow = ({ name, beforeMs, afterMs, ratio, interval, change }: TimeComparison) => [
  name,
  ms(beforeMs),
  ms(afterMs),
  ratio.toFixed(3),
  `${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}`,
  WORDS[change],
]

const ms = (value: number) => `${value < 10 ? value.toPrecision(3) : value.toFixed(1)} ms`
const range = ([least, most]: [number, number]) => (least === most ? String(least) : `${least} to ${most}`)
const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`
