import type { CheckConfig } from '../../config/run-config.ts'
import type { CheckResult } from '../../report/report.ts'
import { type Capabilities, missingCapability } from '../../wire/capability.ts'
import type { Surroundings } from '../../wire/server-under-test.ts'
import { createWireLog, type WireLog } from '../../wire/wire-log.ts'
import type { ReceivedBudget } from '../../wire/received-budget.ts'
import { realClock } from '../../world/timer.ts'
import { type Answering, watchAnswering } from './answering.ts'
import { checkResult, isProblem, reproduction } from './result.ts'
import { runUnit, type UnitVerdict } from './run-unit.ts'
import type { CheckTarget } from './target.ts'
import type { Unit } from './units.ts'

/** How long nothing must come before it counts as nothing coming. */
const QUIET_MS = 500

/** The check of each transport without which no other can be carried out. */
export const PRECONDITIONS: Readonly<Record<Unit['transport'], string>> = {
  ws: 'ws.handshake.status',
  sse: 'sse.headers.status',
  poll: 'poll.status',
}

export interface Conducted {
  config: CheckConfig
  target: CheckTarget
  capabilities: Capabilities
  budget: ReceivedBudget
  stop: AbortSignal
  /** Told of each result as it is there, with what went over the wire. */
  decided(result: CheckResult, wire: readonly string[]): void
}

/**
 * Runs the checks of one target, some at the same time, each after those that block it, those that load the server
 * alone at the end. Stopped: what is done so far.
 */
export async function conductChecks(units: readonly Unit[], run: Conducted): Promise<CheckResult[]> {
  const results = new Map<string, Promise<CheckResult>>()
  const answering = watchAnswering(run.target, surroundings(run, createWireLog(realClock)))
  const together = units.filter(({ check }) => check.alone !== true)
  const alone = units.filter(({ check }) => check.alone === true)
  const done: CheckResult[] = []
  const slots = createSlots(run.config.jobs)
  const byId = new Map(units.map(unit => [unit.id, unit]))

  const resultOf = (unit: Unit): Promise<CheckResult> => {
    const known = results.get(unit.id)
    if (known !== undefined) return known
    const result = decide(unit)
    results.set(unit.id, result)
    return result
  }

  async function decide(unit: Unit): Promise<CheckResult> {
    for (const id of blockers(unit)) {
      const blocker = byId.get(id)
      if (blocker === undefined) continue
      const { verdict } = await resultOf(blocker)
      if (verdict === 'fail' || verdict === 'error') return finish(unit, `blocked by ${id}`)
    }
    const missing = missingCapability(unit.check.needs, run.capabilities)
    if (missing !== null) return finish(unit, missing)
    if (unit.check.slow === true && !run.config.slow) return finish(unit, 'takes over 15 s: --slow')
    await slots.take()
    try {
      if (run.stop.aborted) return checkResult(unit, { kind: 'skip', reason: 'the run was stopped' }, 0)
      if (unit.check.alone === true) await answering.again(`the checks before ${unit.id}`)
      if (answering.goneAfter !== null) return finish(unit, `the server answers no more since ${answering.goneAfter}`)
      return await confirmed(unit, run, answering)
    } finally {
      slots.give()
    }
  }

  function finish(unit: Unit, reason: string): CheckResult {
    const result = checkResult(unit, { kind: 'skip', reason }, 0)
    run.decided(result, [])
    return result
  }

  const stopped = new Promise<void>(resolve => {
    if (run.stop.aborted) resolve()
    run.stop.addEventListener('abort', () => resolve(), { once: true })
  })
  const add = async (unit: Unit) => done.push(await resultOf(unit))
  async function all(): Promise<void> {
    await Promise.all(together.map(add))
    for (const unit of alone) await add(unit)
  }
  await Promise.race([all(), stopped])
  return [...done].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function blockers(unit: Unit): string[] {
  const first = PRECONDITIONS[unit.transport]
  return [...(unit.id === first ? [] : [first]), ...(unit.check.blockedBy ?? [])]
}

const surroundings = ({ target, capabilities, config, budget }: Conducted, log: WireLog): Surroundings => ({
  dial: target.dial,
  tls: target.tls,
  defaults: target.defaults,
  capabilities,
  clock: realClock,
  timeoutMs: config.target.timeoutMs,
  quietMs: QUIET_MS,
  log,
  budget,
})

/** A failure is believed when it happens again on fresh connections, of a server that answers. */
async function confirmed(unit: Unit, run: Conducted, answering: Answering): Promise<CheckResult> {
  const log = createWireLog(realClock)
  const startedAt = realClock.now()
  const once = () => runUnit(unit, surroundings(run, log))
  const first = await once()
  let settled = { verdict: first, reason: '' }
  if (first.kind === 'fail' || first.kind === 'error') {
    const answers = unit.id === PRECONDITIONS[unit.transport] || (await answering.again(unit.id))
    settled = again(first, answers ? await once() : { kind: 'error', reason: 'the server answers no more' })
  }
  const repeat = isProblem(settled.verdict.kind) ? `repeat: ${reproduction(run.config, unit.id)}` : ''
  const reason = [settled.reason, repeat].filter(text => text !== '').join('; ')
  const result = checkResult(unit, settled.verdict, realClock.now() - startedAt, reason)
  run.decided(result, log.lines())
  return result
}

function again(first: UnitVerdict, second: UnitVerdict): { verdict: UnitVerdict; reason: string } {
  if (first.kind === 'error') return { verdict: second, reason: '' }
  if (second.kind === 'fail') return { verdict: second, reason: 'failed twice' }
  if (second.kind === 'error')
    return { verdict: first, reason: `failed once, then could not be repeated: ${second.reason}` }
  const { expected, observed } = first as UnitVerdict & { kind: 'fail' }
  return { verdict: { kind: 'warn', expected, observed }, reason: `flaky: failed once, then ${second.kind}` }
}

function createSlots(count: number) {
  let free = count
  const waiting: (() => void)[] = []
  return {
    async take() {
      if (free > 0) free -= 1
      else await new Promise<void>(resolve => waiting.push(resolve))
    },
    give() {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    },
  }
}
