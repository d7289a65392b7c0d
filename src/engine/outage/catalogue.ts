import type { Overlay } from '../../overlays/overlay.ts'
import type { ReconnectPolicy } from '../../reconnect/policy.ts'
import type { FoundUnit } from '../../world/units.ts'
import { findUnits, loadUnit } from '../../world/units.ts'

/** The policies, by id; nothing is imported yet. */
export const findPolicies = (): FoundUnit[] => findUnits('reconnect', ['policy', 'random-integer', 'event-source-rule'])

/** What can be laid over a policy with `+`. */
export const findOverlays = (): FoundUnit[] => findUnits('overlays', ['overlay'])

export const loadPolicy = (unit: FoundUnit): Promise<ReconnectPolicy> => loadUnit<ReconnectPolicy>(unit)
export const loadOverlay = (unit: FoundUnit): Promise<Overlay> => loadUnit<Overlay>(unit)
