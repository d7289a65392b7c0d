import { outcomesOf, type Outcome } from '../report/outcomes.ts'
import type { Metric } from '../report/report.ts'
import { plainJson, plainLine, shortTexts } from '../report/text.ts'
import type { Reporter } from './reporter.ts'

const statuses = { pass: 'passed', warn: 'passed', fail: 'failed', error: 'failed', skip: 'skipped' } as const

/** Common Test Report Format: one test per check, threshold and finding; the metrics in the summary's extra. */
const ctrf: Reporter = {
  title: 'CTRF JSON for the GitHub test reporters',
  endings: ['ctrf.json', 'ctrf'],
  render: report => {
    const outcomes = outcomesOf(report)
    const count = (status: string) => outcomes.filter(({ result }) => statuses[result] === status).length
    const start = Date.parse(report.startedAt)
    const document = {
      reportFormat: 'CTRF',
      specVersion: '0.0.0',
      timestamp: report.startedAt,
      generatedBy: `rtbench ${report.tool.version}`,
      results: {
        tool: { name: 'rtbench', version: report.tool.version },
        summary: {
          tests: outcomes.length,
          passed: count('passed'),
          failed: count('failed'),
          skipped: count('skipped'),
          pending: 0,
          other: 0,
          start,
          stop: start + Math.round(report.durationMs),
          extra: {
            kind: report.kind,
            verdict: report.verdict,
            validity: shortTexts(report.validity, 1000),
            metrics: figures(report.metrics),
          },
        },
        tests: outcomes.map(test),
        environment: { extra: shortTexts(report.environment, 1000) },
      },
    }
    return `${plainJson(document, 2)}\n`
  },
}

export default ctrf

function test({ suite, id, name, result, message, details, ms }: Outcome) {
  return {
    name: plainLine(name),
    status: statuses[result],
    duration: Math.round(ms),
    suite: [suite],
    rawStatus: result,
    ...(message === '' ? {} : { message: plainLine(message) }),
    ...(details.length === 0 ? {} : { trace: details.map(line => plainLine(line, 2000)).join('\n') }),
    extra: { id: plainLine(id) },
  }
}

// Without the buckets: they are for machines that read the JSON report.
function figures(metrics: Record<string, Metric>) {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, metric]) => [plainLine(name), { ...metric, hdr: undefined }]),
  )
}
