import { readFileSync } from 'node:fs'
import { UsageError } from '../config/errors.ts'
import { resultChecker } from '../config/result-schema.ts'
import { quote } from '../config/units.ts'
import { decodeHistogram } from '../measure/histogram.ts'
import { type Report, SCHEMA_VERSION } from '../report/report.ts'
import type { ProcessWorld } from '../world/process.ts'
import { textReader } from './read-text.ts'

/** The results in a file: one, or a list as `rtbench run --json` prints it. */
export function readResults(file: string, flag: string, world: ProcessWorld): Report[] {
  const text = textReader(world)(file === '-' ? '/dev/stdin' : file, flag)
  const wrong = (why: string) => new UsageError(`${flag} ${quote(file)} ${why}`, flag.replace(/^--/, ''))
  if (text.trim() === '') throw wrong('is empty')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw wrong(`is not JSON: ${(error as Error).message}`)
  }
  const results = Array.isArray(value) ? value : [value]
  if (results.length === 0) throw wrong('is an empty list')
  for (const result of results) {
    const reason = whyNoReport(result)
    if (reason !== null) throw wrong(reason)
  }
  return results as Report[]
}

function whyNoReport(value: unknown): string | null {
  const result = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const { tool } = result as { tool?: { name?: unknown } | null }
  if (tool?.name !== 'rtbench') return 'is not a result of rtbench'
  if (result['schema'] !== SCHEMA_VERSION)
    return `has schema ${JSON.stringify(result['schema'])}; this rtbench reads schema ${SCHEMA_VERSION}`
  const damage = departure(value) ?? brokenHistogram(value as Report)
  return damage === null ? null : `is damaged: ${damage}`
}

const departure = resultChecker(
  JSON.parse(readFileSync(new URL('../../../reports/report.schema.json', import.meta.url), 'utf8')) as object,
)

function brokenHistogram({ metrics }: Report): string | null {
  for (const [name, metric] of Object.entries(metrics))
    try {
      if (metric.type === 'histogram') decodeHistogram(metric.hdr)
    } catch {
      return `the buckets of ${name} cannot be read`
    }
  return null
}
