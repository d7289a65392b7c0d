import { openMetricsText } from './openmetrics-text/exposition.ts'
import type { Reporter } from './reporter.ts'

const openmetrics: Reporter = {
  title: 'OpenMetrics text for Prometheus push files',
  endings: ['prom', 'openmetrics'],
  // Seven digits undo the binary noise of a division by 1000 and keep every digit that was measured.
  render: report => openMetricsText(report, value => String(Number(value.toPrecision(7)))),
}

export default openmetrics
