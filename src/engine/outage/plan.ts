// `--policy` in full: `id`, `id:setting=value,…` and any number of `+overlay`, e.g. `exponential:base=500ms+stable`.
import { UsageError } from '../../config/errors.ts'
import type { Settings } from '../../reconnect/policy.ts'
import { findOverlays, findPolicies, loadOverlay, loadPolicy } from './catalogue.ts'
import type { Plan } from './client.ts'

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 }

function parseSetting(id: string, name: string, key: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? []
  const isTime = key.endsWith('Ms')
  if (amount === '' || isTime !== (unit !== '') || !Number.isFinite(Number(amount)))
    throw new UsageError(
      isTime
        ? `--policy ${id}: ${name}=${text} needs a duration, e.g. ${name}=100ms or ${name}=5s`
        : `--policy ${id}: ${name}=${text} needs a plain number, e.g. ${name}=2`,
    )
  return Number(amount) * (UNIT_MS[unit] ?? 1)
}

// `base` stands for the setting `baseMs`; the steps of a table cannot be given.
function applySettings(id: string, defaults: Settings, text: string): Settings {
  const settings: Record<string, number | readonly number[]> = { ...defaults }
  const keys = Object.keys(defaults).filter(key => typeof defaults[key] === 'number')
  for (const pair of text.split(',')) {
    const [name = '', value = ''] = pair.split('=', 2)
    const key = keys.find(key => key === name || key === `${name}Ms`)
    if (key === undefined) {
      const names = keys.map(key => key.replace(/Ms$/, '')).join(', ')
      throw new UsageError(`--policy ${id} has no setting ${name}; it has ${names || 'none'}`)
    }
    settings[key] = parseSetting(id, name, key, value)
  }
  return settings
}

/** Reads what the user wrote after `--policy` and loads the units it names. */
export async function resolvePlan(spec: string): Promise<Plan> {
  const [head = '', ...overlayIds] = spec.split('+')
  const [id = '', text] = head.split(/:(.*)/s, 2)
  const found = findPolicies().find(unit => unit.id === id)
  if (!found) throw new UsageError(`--policy ${id} is not known; rtbench list policies shows all of them`)
  const policy = await loadPolicy(found)
  const overlays = await Promise.all(
    overlayIds.map(async overlayId => {
      const unit = findOverlays().find(unit => unit.id === overlayId)
      if (unit) return await loadOverlay(unit)
      const known = findOverlays().map(unit => unit.id)
      throw new UsageError(`--policy ${spec}: no overlay ${overlayId}; there are ${known.join(', ')}`)
    }),
  )
  const settings = text === undefined ? policy.settings : applySettings(id, policy.settings, text)
  return { id: spec, policy, settings, overlays }
}
