import type { OutageConfig } from '../config/outage-config.ts'
import type { PublishConfig, Transport } from '../config/run-config.ts'
import { spawnEndpoint } from '../endpoint/spawn.ts'
import type { Report } from '../report/report.ts'
import { now, wall } from '../world/clock.ts'
import { detectTransport } from './detect.ts'
import type { Compared } from './outage/compared.ts'
import { compare } from './outage/compared.ts'
import type { OutageTarget, PolicyOutcome } from './outage/conduct.ts'
import { conductPolicy } from './outage/conduct.ts'
import type { Alternative } from './outage/findings.ts'
import { forecast } from './outage/forecast.ts'
import { herdFigures } from './outage/herd.ts'
import { expectedMessages } from './outage/message-source.ts'
import { outageReport } from './outage/report.ts'
import type { ChosenFault } from './outage/units.ts'
import { checkOutage, resolveFault } from './outage/units.ts'
import type { RunContext } from './progress.ts'

const PATHS: Record<Transport, string> = { ws: '/ws', sse: '/events', poll: '/messages' }
/** Messages per second that all clients together receive at most, unless --message-every says otherwise. */
const FAN_OUT_PER_SECOND = 5000
const SHORTEST_INTERVAL_MS = 200
/** What the embedded endpoint tells event streams. */
const EMBEDDED_RETRY_MS = 2000
/** Whom a finding may recommend. */
const GENTLE = ['rfc6455', 'actioncable', 'aws-full', 'centrifuge']

/** Runs one outage per policy; the Report is complete also when it was interrupted. Throws UsageError for what cannot run. */
export async function runOutage(config: OutageConfig, context: RunContext): Promise<Report> {
  const startedAt = new Date(wall())
  const startMs = now()
  await checkOutage(config)
  const chosen = await resolveFault(config.fault)
  const target = config.predictOnly ? simulatedTarget(config) : await targetOf(config)
  try {
    const compared: Compared[] = []
    for (const policy of config.policies) {
      if (context.stop.aborted) break
      compared.push(await comparePolicy(config, policy, chosen, target, context))
    }
    const { transport, url } = target
    const alternatives = await alternativesOf(config, chosen, transport)
    const durationMs = now() - startMs
    return outageReport({ config, transport, url, startedAt, durationMs, compared, alternatives, context })
  } finally {
    await target.stop()
  }
}

async function comparePolicy(
  config: OutageConfig,
  policy: string,
  chosen: ChosenFault,
  target: OutageTarget & { retryMs?: number },
  context: RunContext,
): Promise<Compared> {
  const { transport, retryMs } = target
  const shared = { transport, ...(retryMs !== undefined && { retryMs }) }
  if (config.predictOnly) {
    // The embedded endpoint repeats what a stream or a poll has missed.
    const waits = target.publish !== null && (config.target.url !== null || transport === 'ws')
    const messagesAtMs = waits ? expectedMessages(target.messageEveryMs, config.downMs + config.horizonMs) : []
    return compare(policy, null, await forecast(config, policy, chosen, { ...shared, messagesAtMs }))
  }
  const outcome = await conductPolicy(config, policy, chosen, target, context)
  const { moments, measured } = outcome
  if (moments === null || outcome.neverRestored) return compare(policy, outcome, null)
  const known = {
    ...shared,
    downMs: moments.restoredAt - moments.cutAt,
    upMs: moments.upMs,
    ...(measured && { lostAtMs: measured.lostAtMs }),
    messagesAtMs: replays(outcome) ? [] : outcome.messagesAtMs,
  }
  const prediction = await forecast(config, policy, chosen, known)
  return compare(policy, outcome, prediction)
}

/** The endpoint repeats what was missed: nobody who is back waits for the next message. */
function replays({ measured, moments, messagesAtMs }: PolicyOutcome): boolean {
  const isMissed = (atMs: number) => atMs > 0 && atMs < moments!.restoredAt - moments!.cutAt
  return measured?.audit?.lost === 0 && messagesAtMs.some(isMissed)
}

async function alternativesOf(config: OutageConfig, chosen: ChosenFault, transport: Transport): Promise<Alternative[]> {
  if (config.capacity === null) return []
  const found: Alternative[] = []
  for (const policy of GENTLE.filter(id => !config.policies.includes(id))) {
    const prediction = await forecast(config, policy, chosen, { transport })
    if (prediction?.complete) found.push({ policy, figures: herdFigures(prediction) })
  }
  return found
}

type StoppableTarget = OutageTarget & { retryMs?: number; stop(): Promise<void> }

function messageEvery({ messageEveryMs, connections, control }: OutageConfig): number {
  return messageEveryMs ?? Math.max(SHORTEST_INTERVAL_MS, (1000 * (connections + control)) / FAN_OUT_PER_SECOND)
}

const embeddedTransport = ({ target }: OutageConfig): Transport =>
  target.transport === 'auto' ? 'ws' : target.transport

const publishTo = (url: string): PublishConfig => ({ url, method: 'POST', headers: [], body: '{{message}}' })

/** What a run would meet, without anything started. */
function simulatedTarget(config: OutageConfig): StoppableTarget {
  const { url, transport } = config.target
  const messageEveryMs = messageEvery(config)
  const stop = async () => {}
  if (url !== null) {
    const assumed = transport === 'auto' ? 'sse' : transport
    return { transport: assumed, url, publish: config.publish, messageEveryMs, stop }
  }
  const publish = publishTo('')
  return { transport: embeddedTransport(config), url: '', publish, messageEveryMs, retryMs: EMBEDDED_RETRY_MS, stop }
}

async function targetOf(config: OutageConfig): Promise<StoppableTarget> {
  const messageEveryMs = messageEvery(config)
  const { target } = config
  if (target.url === null) {
    const transport = embeddedTransport(config)
    const endpoint = await spawnEndpoint({ retryMs: EMBEDDED_RETRY_MS })
    const url = endpoint.url(PATHS[transport], transport === 'ws' ? 'ws' : 'http')
    const publish = publishTo(endpoint.url('/publish'))
    return { transport, url, publish, messageEveryMs, retryMs: EMBEDDED_RETRY_MS, stop: () => endpoint.stop() }
  }
  const rest = { publish: config.publish, messageEveryMs, stop: async () => {} }
  if (target.transport !== 'auto') return { transport: target.transport, url: target.url, ...rest }
  const found = await detectTransport(target, target.url)
  // What cannot be detected cannot be reached: the run finds out and says so.
  return 'failure' in found ? { transport: 'sse', url: target.url, ...rest } : { ...found, ...rest }
}
