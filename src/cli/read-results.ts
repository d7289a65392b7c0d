import { UsageError } from '../config/errors.ts'
import { quote } from '../config/units.ts'
import { type Report, SCHEMA_VERSION } from '../report/report.ts'
import type { ProcessWorld } from '../world/process.ts'
import { textReader } from './read-text.ts'

/** The results in a file: one, or a list as `rtbench run --json` prints it. */
export function readResults(file: string, flag: string, world: ProcessWorld): Report[] {
  const text = textReader(world)(file === '-' ? '/dev/stdin' : file, flag)
  const wrong = (why: string) => new UsageError(`${flag} ${quote(file)} ${why}`, flag.replace(/^--/, ''))
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

// What everything that reads a report relies on; single metrics and findings are read with care where they are used.
function whyNoReport(value: unknown): string | null {
  const result = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const { tool } = result as { tool?: { name?: unknown } }
  if (tool?.name !== 'rtbench') return 'is not a result of rtbench'
  if (result['schema'] !== SCHEMA_VERSION)
    return `has schema ${String(result['schema'])}; this rtbench reads schema ${SCHEMA_VERSION}`
  const isObject = (key: string) =>
    typeof result[key] === 'object' && result[key] !== null && !Array.isArray(result[key])
  const objects = ['config', 'environment', 'validity', 'metrics', 'timeline'].find(key => !isObject(key))
  const lists = ['checks', 'failures', 'thresholds', 'findings'].find(key => !Array.isArray(result[key]))
  const texts = ['kind', 'startedAt', 'verdict'].find(key => typeof result[key] !== 'string')
  const broken = objects ?? lists ?? texts ?? (typeof result['durationMs'] === 'number' ? null : 'durationMs')
  return broken === null ? null : `is damaged: ${broken} is missing or of another type`
}
