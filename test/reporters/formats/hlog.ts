import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { Format } from './format.ts'

const head = [
  /^#\[Values in microseconds/,
  /^#\[Histogram log format version 1\.[23]\]$/,
  /^#\[StartTime: \d+\.\d{3} \(seconds since epoch\), [\w:.-]+\]$/,
  /^"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"$/,
]
const line = /^Tag=[^,\s]+,\d+\.\d{3},\d+\.\d{3},\d+\.\d{3},([A-Za-z0-9+/]+=*)$/

/** HdrHistogram log, version 1.3: its head, then a tagged histogram a line. */
export const hlog: Format = {
  errors(text) {
    const lines = text.replace(/\n$/, '').split('\n')
    const errors = head.flatMap((pattern, at) =>
      pattern.test(lines[at] ?? '') ? [] : [`line ${at + 1}: ${lines[at]}`],
    )
    for (const [index, body] of lines.slice(head.length).entries()) {
      const buckets = line.exec(body)?.[1]
      if (buckets === undefined) errors.push(`line ${index + head.length + 1}: ${body}`)
      else decodeFromCompressedBase64(buckets)
    }
    return errors
  },
  wrong: ['Tag=a,0.000,1.000,1.000,HISTF\n'],
}
