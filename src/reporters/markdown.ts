import { pageOf } from '../report/page.ts'
import { describeRun, targetOf, verdictReason, verdictWord } from '../report/run-description.ts'
import type { Report } from '../report/report.ts'
import { cellText, cellTone, type Section } from '../report/section.ts'
import { plainLine } from '../report/text.ts'
import { escapeMarkdown } from './markup/markdown.ts'
import type { Reporter } from './reporter.ts'

const markdown: Reporter = {
  title: 'Markdown for issues, pull requests and wikis',
  endings: ['md', 'markdown'],
  render: report => {
    const parts = [markdownHead(report), ...pageOf(report).map(markdownSection)]
    return `${parts.join('\n\n')}\n`
  },
}

export default markdown

const marks = { pass: '✅', fail: '❌', invalid: '⚠️', unreachable: '❌' } as const

/** The verdict with its reason, and what was done. */
export function markdownHead(report: Report): string {
  const { kind, verdict } = report
  return [
    `## ${marks[verdict]} rtbench ${kind}: ${verdictWord[verdict]}`,
    `**${escapeMarkdown(verdictReason(report), 1000)}**`,
    `${escapeMarkdown(targetOf(report))} · ${escapeMarkdown(describeRun(report).join(' · '))}`,
  ].join('\n\n')
}

/** One section with its heading, table and paragraphs. */
export function markdownSection({ title, columns, rows, paragraphs }: Section): string {
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`
  const table =
    rows.length === 0
      ? []
      : [
          row(columns.map(({ head }) => escapeMarkdown(head))),
          row(columns.map(({ number }) => (number === true ? '---:' : ':---'))),
          ...rows.map(cells => row(cells.map(cell => strong(cellText(cell), cellTone(cell) === 'bad')))),
        ]
  const items = paragraphs.flatMap(({ head, body, chart = [] }) => [
    `- ${strong(head.text, head.tone === 'bad')}`,
    ...body.map(line => `  - ${escapeMarkdown(line, 1000)}`),
    // Four columns deeper than its item: a code block (CommonMark §4.4).
    ...(chart.length === 0 ? [] : ['', ...chart.map(line => `      ${plainLine(line, 1000)}`), '']),
  ])
  const blocks = [`### ${escapeMarkdown(title)}`, table.join('\n'), items.join('\n')]
  return blocks.filter(block => block !== '').join('\n\n')
}

function strong(text: string, bad: boolean): string {
  const escaped = escapeMarkdown(text, 1000)
  return bad && escaped.trim() !== '' ? `**${escaped.trim()}**` : escaped
}
