import type { CheckConfig } from '../config/run-config.ts'
import { selectUnits } from '../engine/check/select.ts'
import { loadChecks } from '../engine/check/units.ts'

/** The checks that a run would make, by section: what --list prints. */
export async function checkList(config: CheckConfig, asJson: boolean): Promise<string> {
  const { transport, url } = config.target
  const known = url === null || transport !== 'auto' ? transport : null
  const units = selectUnits(await loadChecks(), config.only, config.skip).filter(
    unit => known === null || known === 'auto' || unit.transport === known,
  )
  if (asJson) {
    const rows = units.map(({ id, check }) => ({ id, title: check.title, level: check.level }))
    return `${JSON.stringify(rows, null, 2)}\n`
  }
  const width = Math.max(0, ...units.map(({ id }) => id.length))
  return [...units.map(({ id, check }) => `${id.padEnd(width)}  ${check.level.padEnd(7)}  ${check.title}`), ''].join(
    '\n',
  )
}
