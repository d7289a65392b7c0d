import { UsageError } from './errors.ts'
import type { LoadConfig, Pattern } from './run-config.ts'

/** What can be judged level by level: times of connections in any run, times of messages where such are sent. */
const OF_CONNECTIONS = ['conn_upgrade', 'conn_dns', 'conn_tcp', 'conn_tls', 'conn_first_message']
const OF_MESSAGES: Record<Pattern, string[]> = {
  echo: ['msg_rtt', 'msg_rtt_service'],
  publish: ['push_latency', 'push_latency_service', 'publish_rtt'],
  listen: ['event_gap', 'push_latency', 'poll_cycle'],
  idle: [],
}

/** Refuses a search that could find nothing. */
export function refuseFindMax(run: {
  findMax: LoadConfig['findMax']
  pattern: Pattern
  pace: LoadConfig['pace']
  hasStages: boolean
  isShard: boolean
}): void {
  const { findMax, pattern, pace } = run
  if (findMax === null) return
  const clash = (other: string, why: string) =>
    new UsageError(`--find-max and --${other} exclude each other: ${why}`, 'find-max')
  if (run.hasStages) throw clash('stage', 'finding the limit chooses the levels itself')
  if (run.isShard) throw clash('shard', 'each part would climb by itself')
  if (findMax.abortOnFail)
    throw new UsageError('--find-max takes no "abort": not holding is what it looks for', 'find-max')
  const judged = [...OF_MESSAGES[pattern], 'error_rate', ...OF_CONNECTIONS]
  if (!judged.includes(findMax.metric))
    throw new UsageError(
      `--find-max cannot judge a level by ${findMax.metric} with --pattern ${pattern}: it can by ${judged.join(', ')}`,
      'find-max',
    )
  if (pace.kind === 'closed' && !findMax.metric.startsWith('conn_'))
    throw clash('in-flight', 'a closed loop has no rate that could climb')
}
