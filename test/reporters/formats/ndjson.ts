import type { Format } from './format.ts'
import { json } from './json.ts'

/** RFC 8259 on each line: intervals, and last the rest of a result, which with them is a whole one. */
export const ndjson: Format = {
  errors(text) {
    if (!text.endsWith('\n')) return ['no line end']
    const lines = text
      .slice(0, -1)
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>)
    const summary = lines.pop()!
    const errors = lines.flatMap(({ type, at, sinceStartMs }, index) =>
      type === 'interval' && !Number.isNaN(Date.parse(String(at))) && Number(sinceStartMs) > 0 ? [] : [`line ${index}`],
    )
    if (summary['type'] !== 'summary') errors.push('the last line is no summary')
    const { type: _, ...rest } = summary
    return [
      ...errors,
      ...(json.errors(JSON.stringify({ ...rest, timeline: { intervalMs: 1000, series: {} } })) as string[]),
    ]
  },
  wrong: ['{"type":"summary"}\n', '{"type":"interval"}\n{"type":"summary"}\n'],
}
