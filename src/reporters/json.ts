import { plainJson } from '../report/text.ts'
import type { Reporter } from './reporter.ts'

const json: Reporter = {
  title: 'the whole result, as reports/report.schema.json describes it',
  endings: ['json'],
  render: report => `${plainJson(report, 2)}\n`,
}

export default json
