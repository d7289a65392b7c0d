import { metricEntry } from '../../report/metric-catalogue.ts'
import type { Metric, Report } from '../../report/report.ts'
import { splitKey, type Tags } from '../../report/tags.ts'
import { plainLine } from '../../report/text.ts'

interface Sample {
  suffix: string
  labels: Tags
  value: number
}

/** A metric family: its samples stay together, each with a label set of its own. */
interface Family {
  type: 'counter' | 'gauge' | 'summary'
  unit: string
  help: string
  samples: Map<string, Sample>
}

/** OpenMetrics 1.0 text, times in seconds, shares as ratios, ended by `# EOF`. */
export function openMetricsText(report: Report, writeNumber: (value: number) => string): string {
  const families = new Map<string, Family>()
  for (const [key, metric] of Object.entries(report.metrics)) {
    const { name, tags } = splitKey(key)
    addMetric(families, name, tags, metric)
  }
  for (const check of report.checks) count(families, 'rtbench_checks', { verdict: check.verdict }, 'checks by verdict')
  const pass = { suffix: '', labels: { kind: report.kind }, value: report.verdict === 'pass' ? 1 : 0 }
  add(families, 'rtbench_pass', 'gauge', '', 'whether the run passed', [pass])
  const blocks = [...families].map(([name, family]) => familyText(name, family, writeNumber))
  return `${blocks.join('')}# EOF\n`
}

function addMetric(families: Map<string, Family>, name: string, labels: Tags, metric: Metric): void {
  const help = metricEntry(name)?.title ?? name
  const safe = `rtbench_${name.replace(/\W/g, '_').slice(0, 100)}`
  switch (metric.type) {
    case 'counter':
      return add(families, safe, 'counter', '', help, [{ suffix: '_total', labels, value: metric.value }])
    case 'rate':
      return add(families, `${safe}_ratio`, 'gauge', 'ratio', help, [{ suffix: '', labels, value: metric.value }])
    case 'gauge': {
      const [unit, factor] = baseUnit(metric.unit ?? '')
      const family = unit === '' ? safe : `${safe}_${unit}`
      return add(families, family, 'gauge', unit, help, [{ suffix: '', labels, value: metric.value * factor }])
    }
    case 'histogram': {
      const quantiles: [string, number][] = [
        ['0.5', metric.p50],
        ['0.9', metric.p90],
        ['0.95', metric.p95],
        ['0.99', metric.p99],
        ['0.999', metric.p999],
        ['1', metric.max],
      ]
      return add(families, `${safe}_seconds`, 'summary', 'seconds', help, [
        ...quantiles.map(([quantile, ms]) => ({ suffix: '', labels: { ...labels, quantile }, value: ms / 1000 })),
        { suffix: '_count', labels, value: metric.count },
        { suffix: '_sum', labels, value: (metric.mean * metric.count) / 1000 },
      ])
    }
  }
}

function baseUnit(unit: string): [unit: string, factor: number] {
  if (unit === 'ms') return ['seconds', 0.001]
  if (unit === 'share') return ['ratio', 1]
  return unit === 'B' || unit === 'bytes' ? ['bytes', 1] : ['', 1]
}

function count(families: Map<string, Family>, name: string, labels: Tags, help: string): void {
  const already = families.get(name)?.samples.get(labelText(labels))
  if (already === undefined) add(families, name, 'gauge', '', help, [{ suffix: '', labels, value: 1 }])
  else already.value += 1
}

// Two names that differ only in characters the format does not allow would make one family: the first stays.
function add(
  families: Map<string, Family>,
  name: string,
  type: Family['type'],
  unit: string,
  help: string,
  samples: Sample[],
): void {
  const family = families.get(name) ?? { type, unit, help, samples: new Map<string, Sample>() }
  if (family.type !== type) return
  families.set(name, family)
  for (const sample of samples) {
    const key = sample.suffix + labelText(sample.labels)
    if (!family.samples.has(key)) family.samples.set(key, sample)
  }
}

function familyText(
  name: string,
  { type, unit, help, samples }: Family,
  writeNumber: (value: number) => string,
): string {
  const lines = [
    `# TYPE ${name} ${type}`,
    ...(unit === '' ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escape(help)}`,
    ...[...samples.values()].map(
      ({ suffix, labels, value }) => `${name}${suffix}${labelText(labels)} ${writeNumber(value)}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function labelText(labels: Tags): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name.replace(/\W/g, '_').replace(/^(?=\d)|^_+/, 'tag_')}="${escape(value)}"`,
  )
  return pairs.length === 0 ? '' : `{${[...new Set(pairs)].join(',')}}`
}

function escape(text: string): string {
  return plainLine(text, 200).replace(/[\\"]/g, '\\$&')
}
