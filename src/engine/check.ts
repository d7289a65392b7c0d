import type { CheckConfig } from '../config/run-config.ts'
import type { CheckResult, Report } from '../report/report.ts'
import { formatMs } from '../report/text.ts'
import { createWireLog } from '../wire/wire-log.ts'
import type { Surroundings } from '../wire/server-under-test.ts'
import { failureOf } from '../wire/failure.ts'
import { createReceivedBudget } from '../wire/received-budget.ts'
import { wall } from '../world/clock.ts'
import { realClock } from '../world/timer.ts'
import { findCapabilities, givenCapabilities } from './check/capabilities.ts'
import { conductChecks } from './check/conduct.ts'
import { createPublisher } from './check/publisher.ts'
import { checkReport } from './check/report.ts'
import { selectUnits } from './check/select.ts'
import { reacts, watchDial } from './check/silence.ts'
import type { CheckTarget } from './check/target.ts'
import { type CheckTargets, findTargets } from './check/targets.ts'
import { loadChecks } from './check/units.ts'
import type { RunContext } from './progress.ts'

export interface CheckContext extends RunContext {
  /** Given each check's connections as text, if the configuration asks for it. */
  wire?: (text: string) => void
}

/** Checks an endpoint. Resolves to a Report also where nothing can be reached; throws UsageError for what cannot run. */
export async function runCheck(config: CheckConfig, context: CheckContext): Promise<Report> {
  const startedAt = new Date(wall())
  const beganMs = realClock.now()
  const units = selectUnits(await loadChecks(), config.only, config.skip)
  const checks: CheckResult[] = []
  const report = (unreachable: Unreachable | null) =>
    checkReport({ config, startedAt, durationMs: realClock.now() - beganMs, checks, unreachable, stop: context.stop })
  const found = await findTargets(config)
  if ('failure' in found) return report({ class: found.failure.kind, text: found.failure.text })
  try {
    for (const { target, publish } of found.targets) {
      const own = units.filter(unit => unit.transport === target.transport)
      if (own.length === 0 || context.stop.aborted) continue
      const refused = await reach(target)
      if (refused !== null) return report(refused)
      const done = await checkOne(own, target, publish, config, context)
      if ('unreachable' in done) return report(done.unreachable)
      checks.push(...done.results)
    }
    return report(null)
  } finally {
    await found.stop()
  }
}

interface Unreachable {
  class: string
  text: string
}

const unanswered = (text: string) => ({ unreachable: { class: 'silence', text } })

async function reach(target: CheckTarget): Promise<Unreachable | null> {
  const opened = await target.dial()
  if (opened.ok) {
    opened.pipe.destroy()
    return null
  }
  const { code, reason } = opened
  const { kind, text } = failureOf(Object.assign(new Error(reason), { code }), new URL(target.url).host)
  return { class: kind, text }
}

async function checkOne(
  units: Awaited<ReturnType<typeof loadChecks>>,
  target: CheckTarget,
  publish: CheckTargets['targets'][number]['publish'],
  config: CheckConfig,
  context: CheckContext,
): Promise<{ results: CheckResult[] } | { unreachable: Unreachable }> {
  const publisher = createPublisher(config.target, publish)
  const log = createWireLog(realClock)
  const tell = (name: string, lines: readonly string[]) => {
    if (config.wire && lines.length > 0) context.wire?.(`== ${name}\n${lines.join('\n')}\n\n`)
  }
  try {
    const { timeoutMs } = config.target
    const watched = watchDial(target.dial)
    const budget = createReceivedBudget()
    const around: Surroundings = {
      dial: watched.dial,
      tls: target.tls,
      defaults: target.defaults,
      capabilities: givenCapabilities(config, target, publisher, publish !== null),
      clock: realClock,
      timeoutMs,
      quietMs: 500,
      log,
      budget,
    }
    const capabilities = await findCapabilities(config, target, around)
    const silent = !watched.heard && !context.stop.aborted && !(await reacts(around, target.dial))
    tell(`what ${target.url} can do`, log.lines())
    if (silent)
      return unanswered(
        `${target.url}: connections are accepted, but nothing is ever answered (waited ${formatMs(timeoutMs)} each time)`,
      )
    const results = await conductChecks(units, {
      config,
      target: { ...target, dial: watched.dial },
      capabilities,
      budget,
      stop: context.stop,
      decided: (result, wire) => tell(`${result.id}: ${result.verdict}`, wire),
    })
    // A proxy refuses octets that are no request, though what is behind it hangs.
    const isHeld = results.every(({ verdict }) => verdict !== 'fail' && verdict !== 'error')
    if (!watched.heard && isHeld && !context.stop.aborted)
      return unanswered(
        `${target.url}: no request was answered, and a held poll looks like a server that hangs (--publish URL makes it answer)`,
      )
    return { results }
  } finally {
    await publisher.close()
  }
}
