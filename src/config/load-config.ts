// Words → the frozen configuration of a load run, every default filled in and every contradiction refused.
import { checkTransport } from './check-transport.ts'
import { DEFAULT_CURSOR } from './cursor.ts'
import { UsageError } from './errors.ts'
import { refuseFindMax } from './find-max.ts'
import { freeze } from './freeze.ts'
import { LOAD_GROUPS } from './load-options.ts'
import { refuseForPattern } from './meaning.ts'
import { resolveMessage } from './message.ts'
import { gate } from './options/gate.ts'
import { limits } from './options/limits.ts'
import { load } from './options/load.ts'
import { message } from './options/message.ts'
import { output } from './options/output.ts'
import { poll } from './options/poll.ts'
import { publish } from './options/publish.ts'
import { shard } from './options/shard.ts'
import { target } from './options/target.ts'
import { tls } from './options/tls.ts'
import { resolvePace } from './pace.ts'
import { resolvePublish } from './publish.ts'
import { type Given, givenWords, readOptions } from './read-options.ts'
import type { LoadConfig, Pattern, TargetConfig, Transport } from './run-config.ts'
import { resolveShard } from './shard.ts'
import { resolveSize } from './load-size.ts'
import { type ReadText, resolveTarget } from './target.ts'

// The parts of a divided run have these words in common; what tells them apart is `shard`.
const SHARED_BY_PARTS = LOAD_GROUPS.filter(group => group !== shard)

export function resolveLoad(url: string | null | undefined, given: Given, readText: ReadText): LoadConfig {
  const publishing = resolvePublish(readOptions(publish, given), url ?? null)
  const targetValues = { ...readOptions(target, given), ...readOptions(tls, given) }
  const resolvedTarget = resolveTarget(url, targetValues, readText, publishing?.url ?? null)
  const values = readOptions(load, given)
  const messageValues = readOptions(message, given)
  const limitValues = readOptions(limits, given)
  const words = givenWords(SHARED_BY_PARTS, given)
  const pattern = values.pattern ?? usualPattern(resolvedTarget, publishing !== null)
  const chosen = { given: words, pattern }
  refuseForPattern(LOAD_GROUPS, chosen)
  checkChoices(chosen, resolvedTarget)
  if (pattern === 'publish' && publishing === null && resolvedTarget.url !== null)
    throw new UsageError('--pattern publish needs --publish URL, where a message is posted', 'pattern')
  const size = resolveSize(values, resolvedTarget.url === null)
  const parts = resolveShard(readOptions(shard, given), size.connections)
  const pace = resolvePace(pattern, messageValues)
  const findMax = limitValues.findMax ?? null
  refuseFindMax({ findMax, pattern, pace, hasStages: size.stages.length > 0, isShard: parts !== null })
  return freeze({
    kind: 'load',
    given: words,
    target: resolvedTarget,
    pattern,
    ...size,
    pace,
    message: resolveMessage(messageValues),
    publish: publishing,
    cursor: readOptions(poll, given).cursor ?? DEFAULT_CURSOR,
    pollIntervalMs: values.pollInterval ?? null,
    reconnect: values.reconnect ?? null,
    deflate: messageValues.deflate,
    timestamp: messageValues.timestamp ?? null,
    workers: values.workers ?? null,
    onWorkerExit: values.onWorkerExit ?? 'fail',
    findMax,
    thresholds: readOptions(gate, given).threshold,
    timelineMs: values.timeline ?? 1000,
    seed: readOptions(output, given).seed ?? 1,
    allowLimited: limitValues.allowLimited,
    shard: parts,
  })
}

function usualPattern(target: TargetConfig, publishes: boolean): Pattern {
  if (publishes) return 'publish'
  if (target.transport === 'ws') return 'echo'
  return target.url === null ? 'publish' : 'listen'
}

// While `auto` is open, only what no candidate could do is refused.
function checkChoices(chosen: Pick<LoadConfig, 'given' | 'pattern'>, target: TargetConfig): void {
  const candidates: Transport[] = target.transport === 'auto' ? ['sse', 'poll'] : [target.transport]
  const refusals = candidates.flatMap(transport => {
    try {
      checkTransport(chosen, transport)
      return []
    } catch (error) {
      return [error]
    }
  })
  if (refusals.length === candidates.length) throw refusals[0]
}
