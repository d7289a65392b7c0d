import type { SelfTestCase, SelfTests } from '../checks/check.ts'
import type { ScriptedServer } from '../checks/peers/scripted-server.ts'
import type { Capabilities } from '../wire/capability.ts'
import { memoryPipes } from '../wire/memory-pipe.ts'
import { createPeer, type Peer } from '../wire/peer.ts'
import type { TlsAccess } from '../wire/tls-access.ts'
import { createWireLog, type WireLog } from '../wire/wire-log.ts'
import { createReceivedBudget } from '../wire/received-budget.ts'
import { virtualClock } from '../world/virtual-clock.ts'
import { runUnit, type UnitVerdict } from './check/run-unit.ts'
import type { Unit } from './check/units.ts'

/** What a check said about one of its own peers. */
export interface SelfTestResult {
  id: string
  peer: string
  expected: UnitVerdict['kind']
  verdict: UnitVerdict
  ok: boolean
  /** Why not, else empty. */
  problem: string
  /** What went over the wire, where it did not come out as expected. */
  log: readonly string[]
}

const AT_ONCE = 16
const TIMEOUT_MS = 5000
const QUIET_MS = 500

/** Runs every check against every one of its scripted peers, in memory and in virtual time. */
export async function runSelfTests(units: readonly Unit[]): Promise<SelfTestResult[]> {
  const cases = units.flatMap(unit => selfTestCases(unit).map(named => ({ unit, named })))
  const results: SelfTestResult[] = []
  let next = 0
  async function work(): Promise<void> {
    while (next < cases.length) {
      const index = next
      next += 1
      const { unit, named } = cases[index]!
      results[index] = await runSelfTest(unit, named)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return results
}

interface NamedTest {
  name: string
  expected: UnitVerdict['kind']
  test: SelfTestCase
}

export function selfTestCases({ check }: Unit): NamedTest[] {
  const { passes, warns, fails, infos, skips } = check.selfTest
  const lists: [UnitVerdict['kind'], SelfTests | undefined][] = [
    ['pass', passes],
    ['warn', warns],
    ['fail', fails],
    ['info', infos],
    ['skip', skips],
  ]
  return lists.flatMap(([expected, tests = {}]) =>
    Object.entries(tests).map(([name, test]) => ({
      name,
      expected,
      test: typeof test === 'function' ? { peer: test } : test,
    })),
  )
}

async function runSelfTest(
  unit: Unit,
  { name, expected, test: { peer, says, given, target = '/', headers = [] } }: NamedTest,
): Promise<SelfTestResult> {
  const clock = virtualClock()
  const log = createWireLog(clock)
  const scripted = serve(peer, log, clock)
  const verdict = await runUnit(unit, {
    dial: scripted.dial,
    tls: scripted.tls,
    defaults: { secure: false, host: 'peer.test', target, headers, subprotocols: [] },
    capabilities: { ...usualCapabilities(scripted.publish), ...given },
    clock,
    timeoutMs: TIMEOUT_MS,
    quietMs: QUIET_MS,
    log,
    budget: createReceivedBudget(),
  })
  const problem = problemOf(verdict, expected, says, scripted.error())
  return {
    id: unit.id,
    peer: name,
    expected,
    verdict,
    ok: problem === '',
    problem,
    log: problem === '' ? [] : log.lines(),
  }
}

function serve(peer: ScriptedServer, log: WireLog, clock: ReturnType<typeof virtualClock>) {
  const running = peer()
  const silent = { sent() {}, received() {}, note() {} }
  let error = ''
  const dialTo = (accept: (connection: Peer) => Promise<void> | void) => async () => {
    const [client, server] = memoryPipes()
    const serve = async () => accept(createPeer(server, clock, silent))
    serve().catch((thrown: unknown) => {
      error = `the scripted peer broke: ${String(thrown)}`
      log.connection().note(error)
    })
    return { ok: true as const, pipe: client }
  }
  const { shown, cleartext } = running.tls ?? {}
  const tls: TlsAccess | null =
    running.tls === undefined
      ? null
      : {
          servername: 'peer.test',
          shown: async name => shown?.(name) ?? { kind: 'refused', reason: 'not scripted' },
          cleartext: cleartext === undefined ? [] : [{ port: 443, dial: dialTo(cleartext) }],
        }
  return {
    error: () => error,
    publish: async (message: string) => running.publish?.(message),
    dial: dialTo(connection => running.accept(connection)),
    tls,
  }
}

function usualCapabilities(publish: Capabilities['publish']): Capabilities {
  return {
    absent: {},
    greetings: 0,
    subprotocols: ['rtbench'],
    allowedOrigin: 'http://peer.test',
    cursor: { kind: 'query-json', name: 'since', key: 'last' },
    publish,
  }
}

function problemOf(verdict: UnitVerdict, expected: string, says: string | undefined, peerError: string): string {
  const text = verdictText(verdict)
  if (peerError !== '') return peerError
  if (verdict.kind !== expected) return `${expected} expected, ${verdict.kind} came: ${text}`
  if (says !== undefined && !text.includes(says)) return `the observation lacks ${JSON.stringify(says)}: ${text}`
  if (expected !== 'pass' && text === '') return 'nothing is said about what was observed'
  return ''
}

function verdictText(verdict: UnitVerdict): string {
  return 'observed' in verdict ? verdict.observed : verdict.reason
}
