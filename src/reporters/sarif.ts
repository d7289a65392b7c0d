import { outcomesOf, type Outcome } from '../report/outcomes.ts'
import type { Report } from '../report/report.ts'
import { targetOf } from '../report/run-description.ts'
import { plainJson, plainLine } from '../report/text.ts'
import type { Reporter } from './reporter.ts'

// Code scanning shows at most 5000 results of a run, and refuses a result without a file.
const MOST_RESULTS = 5000
const order: Outcome['result'][] = ['fail', 'error', 'warn']

/** SARIF 2.1.0 with a result for each check, threshold and finding that did not hold. */
const sarif: Reporter = {
  title: 'SARIF 2.1.0 for code scanning',
  endings: ['sarif', 'sarif.json'],
  render: report => {
    const broken = order
      .flatMap(result => outcomesOf(report).filter(outcome => outcome.result === result))
      .slice(0, MOST_RESULTS)
    const rules = [...new Map(broken.map(outcome => [outcome.id, outcome])).values()]
    const indexes = new Map(rules.map(({ id }, index) => [id, index]))
    const run = {
      tool: { driver: { name: 'rtbench', version: report.tool.version, rules: rules.map(rule) } },
      invocations: [
        {
          executionSuccessful: report.verdict === 'pass' || report.verdict === 'fail',
          startTimeUtc: report.startedAt,
        },
      ],
      results: broken.map(outcome => result(outcome, indexes.get(outcome.id)!, report)),
    }
    const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
    return `${plainJson({ $schema: schema, version: '2.1.0', runs: [run] }, 2)}\n`
  },
}

export default sarif

function rule({ id, suite, name }: Outcome) {
  return {
    id: plainLine(id, 200),
    shortDescription: { text: messageText(name) },
    properties: { tags: ['realtime', suite] },
  }
}

function result({ id, result, message, name, details }: Outcome, ruleIndex: number, report: Report) {
  return {
    ruleId: plainLine(id, 200),
    ruleIndex,
    level: result === 'warn' ? 'warning' : 'error',
    message: { text: messageText([message || name, ...details].join(' · ')) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: fileOf(report) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: plainLine(targetOf(report)), kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'rtbench/v1': plainLine(`${report.kind} ${id}`, 200) },
  }
}

// The scenario that asked for it is the file to open; a run from the command line has none.
function fileOf({ config }: Report): string {
  const file = typeof config.file === 'string' && config.file !== '' ? config.file : 'rtbench'
  return encodeURI(plainLine(file.replaceAll('\\', '/').replace(/^\/+/, '')))
}

// SARIF §3.11.5 and §3.11.6: braces are placeholders unless doubled, brackets are links unless escaped.
function messageText(text: string): string {
  return plainLine(text, 1000)
    .replace(/[[\]\\]/g, '\\$&')
    .replace(/[{}]/g, '$&$&')
}
