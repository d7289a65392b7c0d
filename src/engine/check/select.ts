import { UsageError } from '../../config/errors.ts'
import { didYouMean } from '../../config/nearest.ts'
import type { Unit } from './units.ts'

/** The checks that --only and --skip leave. A glob that matches nothing is a usage error. */
export function selectUnits(units: readonly Unit[], only: readonly string[], skip: readonly string[]): Unit[] {
  const wanted = only.map(glob => matcher(glob, 'only', units))
  const unwanted = skip.map(glob => matcher(glob, 'skip', units))
  const left = units.filter(
    ({ id }) => (wanted.length === 0 || wanted.some(matches => matches(id))) && !unwanted.some(matches => matches(id)),
  )
  if (left.length === 0) throw new UsageError('--only and --skip together leave no check', 'skip')
  return left
}

/** `*` stands for any text, `?` for one character; the whole id must match. A section's name stands for all in it. */
function matcher(glob: string, option: string, units: readonly Unit[]): (id: string) => boolean {
  const pattern = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${pattern}(\\..*)?$`)
  if (!units.some(({ id }) => expression.test(id))) {
    const near = didYouMean(
      glob,
      units.flatMap(({ id, section }) => [id, section]),
    )
    throw new UsageError(
      `--${option} ${JSON.stringify(glob)} matches no check${near || ': see rtbench list checks'}`,
      option,
    )
  }
  return id => expression.test(id)
}
