import { UsageError } from '../../config/errors.ts'
import { durationMs, quote } from '../../config/units.ts'

type Values = Readonly<Record<string, number | readonly number[]>>

/**
 * `name=value,…` over a unit's defaults. `base` stands for the setting `baseMs`, which takes a duration; lists of steps
 * cannot be given. `what` is the option and unit for the error, e.g. `--policy exponential`.
 */
export function applySettings<V extends Values>(what: string, defaults: V, text: string): V {
  const settings: Record<string, number | readonly number[]> = { ...defaults }
  const keys = Object.keys(defaults).filter(key => typeof defaults[key] === 'number')
  for (const pair of text.split(',')) {
    const [name = '', value = ''] = pair.split('=', 2)
    const key = keys.find(key => key === name || key === `${name}Ms`)
    if (key === undefined) {
      const names = keys.map(key => key.replace(/Ms$/, '')).join(', ')
      throw new UsageError(`${what} has no setting ${quote(name)}; it has ${names || 'none'}`)
    }
    settings[key] = parseSetting(what, name, key, value)
  }
  return settings as V
}

function parseSetting(what: string, name: string, key: string, text: string): number {
  const isTime = key.endsWith('Ms')
  const value = isTime ? durationMs(text) : /^\d+(\.\d+)?$/.test(text) ? Number(text) : null
  if (value !== null && Number.isFinite(value)) return value
  throw new UsageError(
    isTime
      ? `${what}: ${name}=${text} needs a duration, e.g. ${name}=100ms or ${name}=5s`
      : `${what}: ${name}=${text} needs a plain number, e.g. ${name}=2`,
  )
}
