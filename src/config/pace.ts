import { UsageError } from './errors.ts'
import type { ValuesOf } from './option.ts'
import type { message } from './options/message.ts'
import type { PaceConfig, Pattern } from './run-config.ts'

// Modest open-loop rates: a closed loop would hide every stall of the server from a first look.
const USUAL_PER_CONNECTION = 10
const USUAL_PUBLISHED = 20

/** How messages are paced; at most one of the three ways may be given. */
export function resolvePace(pattern: Pattern, values: ValuesOf<typeof message>): PaceConfig {
  const { rate, totalRate, inFlight, arrival = 'constant' } = values
  if (rate !== undefined && totalRate !== undefined)
    throw new UsageError('--rate is per connection and --total-rate for all together: leave one out', 'rate')
  if (inFlight !== undefined && (rate !== undefined || totalRate !== undefined))
    throw new UsageError(
      `--in-flight sends when an answer came, --${rate === undefined ? 'total-rate' : 'rate'} on a schedule: leave one out`,
      'in-flight',
    )
  if (inFlight !== undefined && values.arrival !== undefined)
    throw new UsageError('--arrival has no meaning with --in-flight: a closed loop has no schedule', 'arrival')
  if (pattern === 'listen' || pattern === 'idle') return { kind: 'none' }
  if (inFlight !== undefined) return { kind: 'closed', inFlight }
  if (totalRate !== undefined) return { kind: 'open-total', total: totalRate, arrival }
  if (pattern === 'publish') return { kind: 'open-total', total: USUAL_PUBLISHED, arrival }
  return { kind: 'open', perConnection: rate ?? USUAL_PER_CONNECTION, arrival }
}
