import { openMetricsText } from './openmetrics-text/exposition.ts'
import type { Reporter } from './reporter.ts'

/** GitLab compares the values of two branches as strings, so anything finer than two digits would always differ. */
const gitlab: Reporter = {
  title: 'metrics report for GitLab merge requests',
  endings: ['metrics.txt'],
  render: report =>
    openMetricsText(report, value => String(Number.isInteger(value) ? value : Number(value.toPrecision(2)))),
}

export default gitlab
