import { decodeHistogram, type Histogram } from '../../measure/histogram.ts'
import { metricEntry } from '../../report/metric-catalogue.ts'
import { histogramOf } from '../../report/metric-read.ts'
import type { Report } from '../../report/report.ts'
import { rounded, type Chart, type ChartSeries } from './chart.ts'

const messageTimes = ['msg_rtt', 'msg_rtt_service', 'push_latency', 'push_latency_service', 'event_gap', 'poll_cycle']
const setupTimes = ['conn_dns', 'conn_tcp', 'conn_tls', 'conn_upgrade', 'conn_first_message']
const POINTS = 120
const BINS = 80

interface Run {
  label: string
  colour: number
  baseline: boolean
  histogram: Histogram
}

/** Percentile plots of messages and of connection set-up, and how the message times are distributed. */
export function latencyCharts(report: Report, baseline: Report | undefined): Chart[] {
  const messages = runsOf(messageTimes, report, baseline)
  const setup = runsOf(setupTimes, report, baseline)
  return [
    percentiles('percentiles', 'Latency by percentile', messages),
    distribution('distribution', 'Latency distribution', messages),
    percentiles('setup', 'Setup times by percentile', setup),
  ].filter(chart => chart !== null)
}

function runsOf(names: string[], report: Report, baseline: Report | undefined): Run[] {
  return names.flatMap((name, colour) =>
    [report, baseline].flatMap((run, at) => {
      const metric = run === undefined ? null : histogramOf(run, name)
      const title = metricEntry(name)?.title ?? name
      const label = at === 0 ? title : `${title}, baseline`
      return metric === null ? [] : [{ label, colour, baseline: at === 1, histogram: decodeHistogram(metric.hdr) }]
    }),
  )
}

function percentiles(id: string, title: string, runs: Run[]): Chart | null {
  const most = Math.max(...runs.map(({ histogram }) => histogram.count))
  if (runs.length === 0 || most < 2) return null
  const x = Array.from({ length: POINTS }, (_, at) => most ** (at / (POINTS - 1)))
  return {
    id,
    title,
    note: 'Each step to the right leaves ten times fewer messages above the line; a flat line is a steady target.',
    x: { kind: 'percentile', values: x.map(value => rounded(value)!) },
    y: { unit: 'ms', log: true },
    series: runs.map(run =>
      series(
        run,
        x.map(value => (value > run.histogram.count ? null : above(run.histogram.percentile(100 * (1 - 1 / value))))),
      ),
    ),
  }
}

// A logarithmic axis has no zero.
function above(us: number | null): number | null {
  return us === null ? null : Math.max(us, 1) / 1000
}

function distribution(id: string, title: string, runs: Run[]): Chart | null {
  if (runs.length === 0) return null
  const lowest = Math.max(1, Math.min(...runs.map(({ histogram }) => histogram.percentile(0)!)))
  const highest = Math.max(lowest * 2, ...runs.map(({ histogram }) => histogram.percentile(100)!))
  const binOf = (us: number) =>
    Math.floor((BINS * Math.log(Math.max(us, lowest) / lowest)) / Math.log(highest / lowest))
  return {
    id,
    title,
    note: 'Share of all messages in each of 80 equal steps of the logarithmic time axis.',
    x: {
      kind: 'ms',
      values: Array.from({ length: BINS }, (_, bin) => rounded((lowest * (highest / lowest) ** (bin / BINS)) / 1000)!),
    },
    y: { unit: 'share', log: false },
    series: runs.map(run => {
      const counts = Array.from({ length: BINS }, () => 0)
      for (const { fromUs, toUs, count } of run.histogram.filled()) {
        counts[Math.min(BINS - 1, binOf((fromUs + toUs) / 2))]! += count
      }
      return {
        ...series(
          run,
          counts.map(count => count / run.histogram.count),
        ),
        fill: !run.baseline,
      }
    }),
  }
}

function series({ label, colour, baseline }: Run, values: (number | null)[]): ChartSeries {
  return { label, colour, baseline, values: values.map(rounded) }
}
