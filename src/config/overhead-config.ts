// Words → the frozen configuration of an overhead run.
import { DEFAULT_CURSOR } from './cursor.ts'
import { UsageError } from './errors.ts'
import { freeze } from './freeze.ts'
import { gate } from './options/gate.ts'
import { output } from './options/output.ts'
import { overhead } from './options/overhead.ts'
import { poll } from './options/poll.ts'
import { publish } from './options/publish.ts'
import { target } from './options/target.ts'
import { tls } from './options/tls.ts'
import { resolvePublish } from './publish.ts'
import { type Given, givenWords, readOptions } from './read-options.ts'
import type { CursorConfig, GivenWords, PublishConfig, TargetConfig, Threshold } from './run-config.ts'
import { type ReadText, resolveTarget } from './target.ts'

export interface OverheadConfig {
  kind: 'overhead'
  given: GivenWords
  /** One for each address; a single one without an address: the embedded endpoint. */
  targets: TargetConfig[]
  publish: PublishConfig | null
  cursor: CursorConfig
  messagesPerSecond: number
  messageBytes: number
  batch: number
  durationMs: number
  pollIntervalMs: number
  audience: number
  thresholds: Threshold[]
  seed: number
}

// The transport follows from the address: each is measured over what it speaks.
const { transport: _, ...addressing } = target.options

/** All options of an overhead run but where its result goes, in the order of the help. */
export const OVERHEAD_GROUPS = [
  overhead,
  { title: target.title, options: addressing },
  tls,
  publish,
  poll,
  gate,
] as const

/** A message begins with its number. */
const LEAST_BYTES = 24

export function resolveOverhead(urls: readonly string[], given: Given, readText: ReadText): OverheadConfig {
  const values = readOptions(overhead, given)
  const publishing = resolvePublish(readOptions(publish, given), urls[0] ?? null)
  const targetValues = { ...readOptions(target, given), ...readOptions(tls, given) }
  const messageBytes = values.size ?? 100
  if (messageBytes < LEAST_BYTES)
    throw new UsageError(
      `--size ${messageBytes}B is too small: a message carries its number in ${LEAST_BYTES} bytes`,
      'size',
    )
  const some: (string | undefined)[] = urls.length === 0 ? [undefined] : [...urls]
  if (urls.length > 0 && publishing === null)
    for (const name of ['size', 'rate', 'batch'] as const)
      if (values[name] !== undefined)
        throw new UsageError(`--${name} has no meaning without --publish URL: the endpoint emits what it likes`, name)
  return freeze({
    kind: 'overhead',
    given: givenWords([...OVERHEAD_GROUPS, output], given),
    targets: some.map(url => resolveTarget(url, targetValues, readText, publishing?.url ?? null)),
    publish: publishing,
    cursor: readOptions(poll, given).cursor ?? DEFAULT_CURSOR,
    messagesPerSecond: values.rate ?? 10,
    messageBytes,
    batch: values.batch ?? 1,
    durationMs: values.duration ?? 4000,
    pollIntervalMs: values.pollInterval ?? 1000,
    audience: values.audience ?? 1000,
    thresholds: readOptions(gate, given).threshold,
    seed: readOptions(output, given).seed ?? 1,
  })
}
