// Words → the frozen configuration of an outage run.
import { DEFAULT_CURSOR } from './cursor.ts'
import { UsageError } from './errors.ts'
import { freeze } from './freeze.ts'
import { gate } from './options/gate.ts'
import { outage } from './options/outage.ts'
import { output } from './options/output.ts'
import { poll } from './options/poll.ts'
import { publish } from './options/publish.ts'
import { target } from './options/target.ts'
import { tls } from './options/tls.ts'
import { resolvePublish } from './publish.ts'
import { type Given, givenWords, readOptions } from './read-options.ts'
import type { CursorConfig, GivenWords, PublishConfig, TargetConfig, Threshold } from './run-config.ts'
import { type ReadText, resolveTarget } from './target.ts'
import type { ValuesOf } from './option.ts'

export interface OutageConfig {
  kind: 'outage'
  given: GivenWords
  target: TargetConfig
  connections: number
  control: number
  policies: readonly string[]
  fault: string
  downMs: number
  horizonMs: number
  /** Admissions per second after the restore; null: no limit. */
  capacity: number | null
  backlog: number
  commands: { down: string; up: string } | null
  predictOnly: boolean
  realClient: boolean
  publish: PublishConfig | null
  /** Null: by the number of clients. */
  messageEveryMs: number | null
  cursor: CursorConfig
  workers: number | null
  thresholds: Threshold[]
  seed: number
  allowLimited: boolean
}

/** All options of an outage run but where its result goes, in the order of the help. */
export const OUTAGE_GROUPS = [outage, target, tls, publish, poll, gate] as const

type Values = ValuesOf<typeof outage>

export function resolveOutage(url: string | null | undefined, given: Given, readText: ReadText): OutageConfig {
  const values = readOptions(outage, given)
  const publishing = resolvePublish(readOptions(publish, given), url ?? null)
  const targetValues = { ...readOptions(target, given), ...readOptions(tls, given) }
  const resolved = resolveTarget(url, targetValues, readText, publishing?.url ?? null)
  refuseContradictions(values, resolved)
  if (values.messageEvery !== undefined && resolved.url !== null && publishing === null)
    throw new UsageError('--message-every needs --publish URL, where a message is posted', 'message-every')
  const asked = values.realClient && resolved.url === null ? { ...resolved, transport: 'sse' as const } : resolved
  return freeze({
    kind: 'outage',
    given: givenWords([...OUTAGE_GROUPS, output], given),
    target: asked,
    connections: values.connections ?? 100,
    control: values.downCmd !== undefined || values.realClient ? 0 : (values.control ?? 5),
    policies: values.realClient ? ['eventsource-node'] : values.policy.length > 0 ? values.policy : ['aws-full'],
    fault: values.fault ?? 'refuse',
    downMs: values.down ?? 10_000,
    horizonMs: values.horizon ?? 60_000,
    capacity: values.capacity ?? null,
    backlog: values.backlog ?? 511,
    commands: values.downCmd === undefined ? null : { down: values.downCmd, up: values.upCmd! },
    predictOnly: values.predict,
    realClient: values.realClient,
    publish: publishing,
    messageEveryMs: values.messageEvery ?? null,
    cursor: readOptions(poll, given).cursor ?? DEFAULT_CURSOR,
    workers: values.workers ?? null,
    thresholds: readOptions(gate, given).threshold,
    seed: readOptions(output, given).seed ?? 1,
    allowLimited: values.allowLimited,
  })
}

function refuseContradictions(values: Values, target: TargetConfig): void {
  const clash = (a: string, b: string, why: string) => new UsageError(`--${a} and --${b} exclude each other: ${why}`, a)
  const { downCmd, upCmd } = values
  if ((downCmd === undefined) !== (upCmd === undefined)) {
    const [has, lacks] = upCmd === undefined ? ['down-cmd', 'up-cmd'] : ['up-cmd', 'down-cmd']
    throw new UsageError(`--${has} needs --${lacks}: the server has to go down and come back`, has)
  }
  if (downCmd !== undefined && target.url === null)
    throw new UsageError('--down-cmd needs the URL of the server that it takes down', 'down-cmd')
  for (const [other, isGiven] of [
    ['fault', values.fault !== undefined],
    ['capacity', values.capacity !== undefined],
    ['control', values.control !== undefined],
  ] as const)
    if (downCmd !== undefined && isGiven) throw clash('down-cmd', other, 'there is no gate before the real server')
  if (values.realClient && values.policy.length > 0)
    throw clash('real-client', 'policy', 'the package has its own policy')
  if (values.realClient && target.transport === 'ws' && target.url !== null)
    throw new UsageError('--real-client needs an http:// or https:// URL: it is an EventSource', 'real-client')
}
