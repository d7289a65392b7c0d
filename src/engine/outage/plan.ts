// `--policy` in full: `id`, `id:setting=value,…` and any number of `+overlay`, e.g. `exponential:base=500ms+stable`.
import { UsageError } from '../../config/errors.ts'
import { findOverlays, findPolicies, loadOverlay, loadPolicy } from './catalogue.ts'
import type { Plan } from './client.ts'
import { applySettings } from './settings.ts'

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
  const settings = text === undefined ? policy.settings : applySettings(`--policy ${id}`, policy.settings, text)
  return { id: spec, policy, settings, overlays }
}
