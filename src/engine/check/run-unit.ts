import type { Check } from '../../checks/check.ts'
import type { Verdict } from '../../checks/verdict.ts'
import { CannotTell } from '../../wire/cannot-tell.ts'
import { createHttpServer } from '../../wire/http-server.ts'
import type { Surroundings } from '../../wire/server-under-test.ts'
import { createWebSocketServer } from '../../wire/websocket-server.ts'
import type { Unit } from './units.ts'

export type UnitVerdict = Verdict | { kind: 'error'; reason: string }

const LIMIT_MS = 60_000
const SLOW_LIMIT_MS = 200_000

/** Runs one check on connections of its own, all of which are gone afterwards. */
export async function runUnit(unit: Unit, around: Surroundings): Promise<UnitVerdict> {
  const server =
    unit.transport === 'ws' ? createWebSocketServer(around) : createHttpServer(around, ACCEPTS[unit.transport])
  const limitMs = unit.check.limitMs ?? (unit.check.slow === true ? SLOW_LIMIT_MS : LIMIT_MS)
  let cancel = () => {}
  const limit = new Promise<UnitVerdict>(resolve => {
    cancel = around.clock.after(limitMs, () =>
      resolve({ kind: 'error', reason: `not decided within ${limitMs / 1000} s` }),
    )
  })
  try {
    // A unit's transport says which server it takes.
    return await Promise.race([(unit.check as Check<unknown>).run(server), limit])
  } catch (error) {
    if (error instanceof CannotTell) return { kind: 'error', reason: error.message }
    throw error
  } finally {
    cancel()
    server.dispose()
  }
}

const ACCEPTS = { sse: 'text/event-stream', poll: '*/*' } as const
