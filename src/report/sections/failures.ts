import type { SectionOf } from '../section.ts'
import { formatCount } from '../text.ts'

/** What went wrong, by class, with the first examples in full. */
export const failures: SectionOf = report =>
  report.failures.length === 0
    ? null
    : {
        id: 'failures',
        title: 'Failures',
        columns: [],
        rows: [],
        paragraphs: report.failures.map(({ class: name, count, examples }) => ({
          head: { text: `${name} × ${formatCount(count)}`, tone: 'bad' },
          body: [...new Set(examples)],
        })),
      }
