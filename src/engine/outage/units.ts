// The units that an outage names, loaded and checked before anything starts.
import { UsageError } from '../../config/errors.ts'
import { didYouMean } from '../../config/nearest.ts'
import type { OutageConfig } from '../../config/outage-config.ts'
import { quote } from '../../config/units.ts'
import type { Fault, FaultSettings } from '../../wire/fault.ts'
import { findUnits, loadUnit } from '../../world/units.ts'
import { resolvePlan } from './plan.ts'
import { applySettings } from './settings.ts'

export interface ChosenFault {
  /** As written after --fault. */
  id: string
  file: string
  fault: Fault
  settings: FaultSettings
}

/** `id` or `id:setting=value,…`. */
export async function resolveFault(spec: string): Promise<ChosenFault> {
  const [id = '', text] = spec.split(/:(.*)/s, 2)
  const units = findUnits('faults', [])
  const found = units.find(unit => unit.id === id)
  if (!found) {
    const ids = units.map(unit => unit.id)
    throw new UsageError(
      `--fault ${quote(id)} is not known${didYouMean(id, ids) || ': rtbench list faults shows all of them'}`,
      'fault',
    )
  }
  const fault = await loadUnit<Fault>(found)
  const settings = text === undefined ? fault.settings : applySettings(`--fault ${id}`, fault.settings, text)
  return { id: spec, file: found.file, fault, settings }
}

/** Refuses what cannot work with the words as they are. */
export async function checkOutage(config: OutageConfig): Promise<void> {
  for (const spec of config.policies) await resolvePlan(spec)
  if (new Set(config.policies).size < config.policies.length)
    throw new UsageError('--policy names the same policy twice: each is measured once', 'policy')
  const { fault, id } = await resolveFault(config.fault)
  const isSecure = /^(wss|https):/.test(config.target.url ?? '')
  if (isSecure && fault.reads === 'http' && config.commands === null)
    throw new UsageError(
      `--fault ${id} has to read what TLS hides: use one of refuse, reset, fin, flap, tls-stall, or --down-cmd`,
      'fault',
    )
}
