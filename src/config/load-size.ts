import { UsageError } from './errors.ts'
import type { ValuesOf } from './option.ts'
import type { load } from './options/load.ts'
import type { LoadConfig } from './run-config.ts'

const USUAL_MS = 5000
// Somebody else's endpoint gets the gentle default.
const USUAL_CONNECTIONS = 10
const USUAL_CONNECTIONS_EMBEDDED = 100

/** How many connections for how long: by -c and -d, or by stages. */
export function resolveSize(
  values: ValuesOf<typeof load>,
  isEmbedded: boolean,
): Pick<LoadConfig, 'connections' | 'durationMs' | 'stages' | 'connectRate' | 'warmUpMs'> {
  const { stage: stages, connections, duration, connectRate } = values
  const other = (
    [
      [duration, 'duration', 'the stages say how long'],
      [connections, 'connections', 'the stages say how many'],
      [connectRate, 'connect-rate', 'the stages are the ramp'],
    ] as const
  ).find(([given]) => given !== undefined)
  if (stages.length > 0 && other !== undefined)
    throw new UsageError(`--stage and --${other[1]} exclude each other: ${other[2]}`, other[1])
  const peak = Math.max(0, ...stages.map(stage => stage.connections))
  if (stages.length > 0 && peak === 0)
    throw new UsageError('--stage never opens a connection: every target is 0', 'stage')
  return {
    connections: peak || (connections ?? (isEmbedded ? USUAL_CONNECTIONS_EMBEDDED : USUAL_CONNECTIONS)),
    durationMs: stages.length > 0 ? stages.reduce((sum, stage) => sum + stage.durationMs, 0) : (duration ?? USUAL_MS),
    stages,
    connectRate: connectRate ?? null,
    warmUpMs: values.warmUp ?? 0,
  }
}
