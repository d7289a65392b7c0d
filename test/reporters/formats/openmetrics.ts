import type { Format } from './format.ts'

// OpenMetrics 1.0 text, the productions of its ABNF that a file of counters, gauges and summaries uses.
const name = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const text = '(?:[^\\n"\\\\]|\\\\[\\\\n"])*'
const label = `[a-zA-Z_][a-zA-Z0-9_]*="${text}"`
const number = '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?'
const descriptor = new RegExp(
  `^# (?:TYPE (${name}) (counter|gauge|summary)|UNIT (${name}) (\\w+)|HELP (${name}) (?:[^\\n\\\\]|\\\\[\\\\n"])*)$`,
)
const sample = new RegExp(`^(${name})(\\{${label}(?:,${label})*\\})? (${number})$`)
const suffixes = { counter: ['_total'], gauge: [''], summary: ['', '_count', '_sum'] } as const

export const openmetrics: Format = {
  errors: openMetricsErrors,
  wrong: [
    'a 1\n',
    '# TYPE a counter\na 1\n# EOF\n',
    '# TYPE a gauge\na{b="\\x"} 1\n# EOF\n',
    '# TYPE a gauge\na 1\na 1\n# EOF\n',
  ],
}

/** Everything in which the exposition departs from the standard; line numbers from 1. */
function openMetricsErrors(exposition: string): string[] {
  if (!exposition.endsWith('# EOF\n')) return ['does not end in # EOF']
  const errors: string[] = []
  const families = new Map<string, keyof typeof suffixes>()
  const seen = new Set<string>()
  let family = ''
  exposition
    .slice(0, -'# EOF\n'.length)
    .split('\n')
    .slice(0, -1)
    .forEach((line, at) => {
      const described = descriptor.exec(line)
      const sampled = sample.exec(line)
      if (described?.[1] !== undefined) {
        family = described[1]
        if (families.has(family)) errors.push(`${at + 1}: family ${family} twice`)
        families.set(family, described[2] as keyof typeof suffixes)
      } else if (described !== null) {
        const unit = described[4]
        if ((described[3] ?? described[5]) !== family) errors.push(`${at + 1}: descriptor of another family`)
        if (unit !== undefined && !family.endsWith(`_${unit}`))
          errors.push(`${at + 1}: ${family} does not end in its unit`)
      } else if (sampled === null) errors.push(`${at + 1}: not a line of OpenMetrics: ${line}`)
      else {
        const allowed: readonly string[] = suffixes[families.get(family) ?? 'gauge']
        if (!allowed.some(suffix => sampled[1] === family + suffix)) errors.push(`${at + 1}: sample outside ${family}`)
        const key = `${sampled[1]}${sampled[2] ?? ''}`
        if (seen.has(key)) errors.push(`${at + 1}: ${key} twice`)
        seen.add(key)
      }
    })
  return errors
}
