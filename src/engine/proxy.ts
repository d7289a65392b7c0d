import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '../config/errors.ts'
import type { ProxyConfig, ProxyPart } from '../config/proxy-config.ts'
import { watchStalls } from '../measure/stalls.ts'
import type { Finding, Report } from '../report/report.ts'
import { now, wall } from '../world/clock.ts'
import { embeddedStream } from './embedded.ts'
import { bufferingFindings } from './proxy/buffering/findings.ts'
import { runBuffering } from './proxy/buffering/run-buffering.ts'
import { runWatch, watchFindings } from './proxy/buffering/run-watch.ts'
import { probeTarget, type ProbeTarget } from './proxy/client/probe-target.ts'
import { headersFindings, runHeaders } from './proxy/headers/run-headers.ts'
import { type Hop, identifyHop, loadRecipes } from './proxy/hop.ts'
import { idleFindings } from './proxy/idle/idle-findings.ts'
import { runIdle } from './proxy/idle/run-idle.ts'
import { openOrigin } from './proxy/origin/origin.ts'
import { emptyPart, type PartResult, type ProxyRoom } from './proxy/part.ts'
import { pollFindings, runPoll } from './proxy/poll/run-poll.ts'
import { proxyReport } from './proxy/report.ts'
import { runSlowConsumer, slowConsumerFindings } from './proxy/slow-consumer/run-slow-consumer.ts'
import { runUpgrade, upgradeFindings } from './proxy/upgrade/run-upgrade.ts'
import type { RunContext } from './progress.ts'

/** A part's result, whose findings are worded once the hop is known. */
interface PendingPart {
  result: PartResult
  findings(hop: Hop): Finding[]
}

/** Runs one look at a path; what is wrong with it is in the Report. */
export async function runProxy(asked: ProxyConfig, context: RunContext): Promise<Report> {
  const { config, stop } = await embeddedStream(asked)
  return look(config, context).finally(stop)
}

async function look(config: ProxyConfig, context: RunContext): Promise<Report> {
  const startedAt = new Date(wall())
  const startMs = now()
  const target = targetOf(config, config.target.url!)
  const origin = config.origin === null ? null : await openOrigin(config.origin)
  const room: ProxyRoom = { config, target, origin, stop: context.stop }
  try {
    const recipes = await loadRecipes()
    const done: PendingPart[] = []
    const watch = watchStalls()
    const first = await target.dial()
    if (first.ok) {
      first.pipe.destroy()
      await Promise.race([runParts(room, done), afterStop(context.stop)])
    } else done.push({ result: { ...emptyPart(), unreachable: first.reason }, findings: () => [] })
    watch.stop()
    const parts = done.map(({ result }) => result)
    const coalescesMs = parts.find(part => part.coalescesMs !== null)?.coalescesMs ?? null
    const hop = identifyHop(
      recipes,
      parts.flatMap(({ responseHeaders }) => responseHeaders),
      coalescesMs,
    )
    const findings = done.flatMap(part => part.findings(hop))
    return proxyReport(config, { startedAt, startMs, parts, findings, hop, stalls: watch.stalls, stop: context.stop })
  } finally {
    target.close()
    await origin?.close()
  }
}

function targetOf(config: ProxyConfig, url: string): ProbeTarget {
  const target = probeTarget(config.target, url.replace(/^ws/i, 'http'))
  if (target === null) throw new UsageError(`${url} is not an address that rtbench speaks to`, 'url')
  return target
}

/** Parts that notice the stop themselves get this long to tell what they have. */
const STOP_GRACE_MS = 2000

// An interrupt ends the wait: what was not finished is not reported.
async function afterStop(stop: AbortSignal): Promise<void> {
  if (!stop.aborted)
    await new Promise(resolve => {
      stop.addEventListener('abort', resolve, { once: true })
    })
  await sleep(STOP_GRACE_MS)
}

/** All parts side by side; each is added to `done` as it ends. */
async function runParts(room: ProxyRoom, done: PendingPart[]): Promise<void> {
  const { config, origin } = room
  const wants = (part: ProxyPart) => config.parts.includes(part)
  const run = async (part: ProxyPart, runPart: (room: ProxyRoom) => Promise<PendingPart>) => {
    if (wants(part) && !room.stop.aborted) done.push(await runPart(room))
  }
  await Promise.all([
    run('buffering', origin === null ? watch : buffering),
    run('upgrade', upgrade),
    run('headers', headers),
    run('poll', poll),
    run('idle', idle),
  ])
  // Alone, and last: what it pours into the path would hold up all others.
  await run('slow-consumer', slowConsumer)
}

async function slowConsumer(room: ProxyRoom): Promise<PendingPart> {
  const result = await runSlowConsumer(room)
  return { result, findings: hop => slowConsumerFindings(result, hop) }
}

async function upgrade(room: ProxyRoom): Promise<PendingPart> {
  const result = await runUpgrade(room)
  return { result, findings: hop => upgradeFindings(result.facts, result.checks, hop) }
}

async function headers(room: ProxyRoom): Promise<PendingPart> {
  const result = await runHeaders(room)
  return { result, findings: hop => headersFindings(result, hop) }
}

async function idle(room: ProxyRoom): Promise<PendingPart> {
  const result = await runIdle(room)
  return { result, findings: hop => idleFindings(result.outcomes, result.blackHoleMs, hop) }
}

async function poll(room: ProxyRoom): Promise<PendingPart> {
  const result = await runPoll(room)
  return { result, findings: hop => pollFindings(result, hop) }
}

async function buffering({ target, origin }: ProxyRoom): Promise<PendingPart> {
  const result = await runBuffering(target, origin!)
  return { result, findings: hop => bufferingFindings(result.diagnoses, hop) }
}

async function watch({ config, target }: ProxyRoom): Promise<PendingPart> {
  const result = await runWatch(target, config.directUrl === null ? null : targetOf(config, config.directUrl))
  return { result, findings: hop => watchFindings(result, hop) }
}
