import type { Comparison } from '../report/compare.ts'
import { comparisonSections, comparisonVerdict } from '../report/sections/comparison.ts'
import type { RenderOptions } from '../reporters/reporter.ts'
import { bold, paint } from '../reporters/terminal/layout.ts'
import { sectionLines } from '../reporters/terminal/section-lines.ts'

/** A comparison as lines for people: all times, the counts that changed, the verdict. */
export function comparisonText(comparison: Comparison, title: string, form: RenderOptions): string {
  const { word, text, tone } = comparisonVerdict(comparison)
  const { before, after } = comparison.runs
  const lines = [
    bold(`Compared${title === '' ? '' : ` ${title}`}: ${before} runs before, ${after} after`, form.colour),
    ...comparisonSections(comparison).flatMap(section => sectionLines(section, form)),
    '',
    `${bold(paint(word, tone, form.colour), form.colour)}  ${text}`,
  ]
  return `${lines.map(line => line.trimEnd()).join('\n')}\n`
}
