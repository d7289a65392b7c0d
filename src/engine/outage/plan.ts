// `--policy` in full: `id`, `id:setting=value,…` and any number of `+overlay`, e.g. `exponential:base=500ms+stable`.
import { UsageError } from '../../config/errors.ts'
import { didYouMean } from '../../config/nearest.ts'
import { quote } from '../../config/units.ts'
import { findOverlays, findPolicies, loadOverlay, loadPolicy } from './catalogue.ts'
import type { Plan } from './client.ts'
import { applySettings } from './settings.ts'

/** Reads what the user wrote after `--policy` and loads the units it names. */
export async function resolvePlan(spec: string): Promise<Plan> {
  const [head = '', ...overlayIds] = spec.split('+')
  const [id = '', text] = head.split(/:(.*)/s, 2)
  const policies = findPolicies()
  const found = policies.find(unit => unit.id === id)
  if (!found) {
    const ids = policies.map(unit => unit.id)
    const hint = didYouMean(id, ids) || ': rtbench list policies shows all of them'
    throw new UsageError(`--policy ${quote(id)} is not known${hint}`, 'policy')
  }
  const policy = await loadPolicy(found)
  const overlays = await Promise.all(
    overlayIds.map(async overlayId => {
      const unit = findOverlays().find(unit => unit.id === overlayId)
      if (unit) return await loadOverlay(unit)
      const known = findOverlays().map(unit => unit.id)
      throw new UsageError(
        `--policy ${quote(id)}: no overlay ${quote(overlayId)}; there are ${known.join(', ')}`,
        'policy',
      )
    }),
  )
  const settings = text === undefined ? policy.settings : applySettings(`--policy ${id}`, policy.settings, text)
  return { id: spec, policy, settings, overlays }
}
