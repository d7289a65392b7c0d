import { reporterParts, type Reporter } from '../reporters/reporter.ts'
import { findUnits, loadUnit } from '../world/units.ts'

/** Every reporter by its name. A file of the room that renders nothing is a shared part, not a reporter. */
export async function loadReporters(): Promise<Map<string, Reporter>> {
  const reporters = new Map<string, Reporter>()
  for (const unit of findUnits('reporters', reporterParts)) {
    const found = await loadUnit<Reporter | undefined>(unit)
    if (typeof found?.render === 'function') reporters.set(unit.id, found)
  }
  return reporters
}
