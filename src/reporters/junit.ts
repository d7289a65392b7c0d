import type { HistogramMetric, Metric, Report } from '../report/report.ts'
import { outcomesOf, type Outcome } from '../report/outcomes.ts'
import { inertStart, plainLine } from '../report/text.ts'
import { escapeEntities, escapeXml, xmlAttributes } from './markup/xml.ts'
import type { Reporter } from './reporter.ts'
import table from './table.ts'

/** JUnit XML in the strictest of its dialects (Apache Ant's schema), which the laxer ones include. */
const junit: Reporter = {
  title: 'JUnit XML for GitLab, Jenkins, Azure, CircleCI',
  endings: ['xml', 'junit.xml'],
  render: report => {
    const outcomes = outcomesOf(report)
    const suites = (['run', 'checks', 'thresholds', 'findings'] as const)
      .map(suite => ({ suite, cases: outcomes.filter(outcome => outcome.suite === suite) }))
      .filter(({ cases }) => cases.length > 0)
    const bodies = suites.map(({ suite, cases }, id) => suiteXml(report, suite, cases, id))
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${bodies.join('')}</testsuites>\n`
  },
}

export default junit

function suiteXml(report: Report, suite: Outcome['suite'], cases: Outcome[], id: number): string {
  const count = (result: Outcome['result']) => cases.filter(one => one.result === result).length
  const head = xmlAttributes({
    name: `rtbench.${report.kind}.${suite}`,
    package: 'rtbench',
    id,
    // The schema allows no zone and no fraction; the time is UTC.
    timestamp: report.startedAt.slice(0, 19),
    hostname: 'localhost',
    tests: cases.length,
    failures: count('fail'),
    errors: count('error'),
    skipped: count('skip'),
    time: seconds(suite === 'run' ? report.durationMs : cases.reduce((sum, { ms }) => sum + ms, 0)),
  })
  // Jenkins' schema forbids an empty list where Ant's demands one.
  const properties: [string, string][] = [['rtbench.version', report.tool.version]]
  if (suite === 'run') properties.push(...Object.entries(report.metrics).flatMap(propertiesOf))
  const output = suite === 'run' ? table.render(report, { width: 100, colour: false }) : warnings(cases)
  return [
    `  <testsuite${head}>\n    <properties>\n`,
    ...properties.map(([name, value]) => `      <property${xmlAttributes({ name, value })}/>\n`),
    '    </properties>\n',
    ...cases.map(one => caseXml(report, one)),
    `    <system-out>${escapeEntities(output)}</system-out>\n    <system-err></system-err>\n  </testsuite>\n`,
  ].join('')
}

function caseXml(report: Report, { id, label, suite, result, message, details, ms }: Outcome): string {
  const head = xmlAttributes({
    name: label,
    classname: `rtbench.${report.kind}.${suite}`,
    time: seconds(ms),
  })
  const text = details.map(line => inertStart(escapeXml(line, 2000))).join('\n')
  const type = xmlAttributes({ message, type: id })
  if (result === 'skip') return `    <testcase${head}><skipped${xmlAttributes({ message })}/></testcase>\n`
  if (result === 'fail') return `    <testcase${head}><failure${type}>${text}</failure></testcase>\n`
  if (result === 'error') return `    <testcase${head}><error${type}>${text}</error></testcase>\n`
  return `    <testcase${head}/>\n`
}

// JUnit knows no warnings: they pass and are told in the suite's output.
function warnings(cases: Outcome[]): string {
  return cases
    .filter(({ result }) => result === 'warn')
    .map(
      ({ id, message, details }) => `warning: ${[id, message, ...details].map(line => plainLine(line)).join(' | ')}\n`,
    )
    .join('')
}

const figures = ['count', 'min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const

function propertiesOf([name, metric]: [string, Metric]): [string, string][] {
  if (metric.type !== 'histogram') return [[name, String(metric.value)]]
  return figures.map((figure): [string, string] => [
    `${name}.${figure}${figure === 'count' ? '' : '_ms'}`,
    String((metric as HistogramMetric)[figure]),
  ])
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
