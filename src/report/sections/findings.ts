import type { SectionOf } from '../section.ts'

const tones = { info: 'quiet', warning: 'warning', error: 'bad' } as const

/** What was found out, and what to change. */
export const findings: SectionOf = report =>
  report.findings.length === 0
    ? null
    : {
        id: 'findings',
        title: 'Findings',
        columns: [],
        rows: [],
        paragraphs: report.findings.map(({ id, severity, text, fix }) => ({
          head: { text: `${text} [${id}]`, tone: tones[severity] },
          body: fix === '' ? [] : fix.split('\n').map((line, index) => (index === 0 ? `fix: ${line}` : line)),
        })),
      }
