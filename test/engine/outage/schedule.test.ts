// A generator that is late for one attempt must not be late for all that follow: the herd would spread by itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveOutage } from '../../../src/config/outage-config.ts'
import { createHerdClients } from '../../../src/engine/outage/herd-clients.ts'
import type { HerdClients } from '../../../src/engine/outage/herd-clients.ts'
import { createHerdRecord } from '../../../src/engine/outage/herd-record.ts'
import { createHerdRoom } from '../../../src/engine/outage/herd-room.ts'
import { resolvePlan } from '../../../src/engine/outage/plan.ts'
import { Recorder } from '../../../src/measure/recorder.ts'
import type { Connection } from '../../../src/transports/transport.ts'
import { emptyResume, plainEnd } from '../../../src/transports/transport.ts'
import { routeOf } from '../../../src/wire/route.ts'
import { now } from '../../../src/world/clock.ts'

const CLIENTS = 20
const DELAY_MS = 60
const STALL_MS = 90

test('after a stall the attempts keep the rhythm that they had before it', async () => {
  const config = resolveOutage('ws://127.0.0.1:1/', {}, path => path)
  const policy = await resolvePlan(`fixed:delay=${DELAY_MS}ms`)
  const shared = { target: config.target, transport: 'ws' as const, url: config.target.url!, cursor: config.cursor }
  const herd = {
    policy: policy.id,
    realClient: false,
    first: 0,
    clients: CLIENTS,
    controlFrom: CLIENTS,
    tag: 1,
    seed: 1,
    rehearsal: { openPort: 0, closedPort: 0 },
  }
  const plan = { ...shared, ...herd }
  const record = createHerdRecord(plan)
  const due: number[] = []
  const issued: number[] = []
  const { attempt } = record
  record.attempt = (scheduledMs, issuedMs) => {
    due.push(scheduledMs)
    issued.push(issuedMs)
    attempt(scheduledMs, issuedMs)
  }
  const route = routeOf(config.target, plan.url)!
  const clients: HerdClients = createHerdClients({
    plan,
    policy,
    record,
    room: () => room,
    make: () => make,
    dial: route.dial,
    longestWaitMs: Number.POSITIVE_INFINITY,
  })
  const room = createHerdRoom(plan, route, new Recorder(), clients.listener)
  let isDown = false
  const make = (index: number): Connection => {
    const connection = { index, state: null, times: null, backlog: 0, open: false, localPort: undefined, overAt: 0 }
    let startAt = 0
    // Every attempt fails at the moment of its start.
    const end = () => {
      self.overAt = isDown && startAt > 0 ? startAt : now()
      clients.listener.ended(self, plainEnd({ kind: 'refused', text: '' }))
    }
    const self = Object.assign(connection, {
      tlsSession: undefined,
      resume: emptyResume(),
      start() {
        if (isDown) startAt = now()
        setImmediate(() => (isDown ? end() : clients.listener.opened(self)))
      },
      close: end,
      abort: end,
    })
    opened.push(end)
    return self
  }
  const opened: (() => void)[] = []
  await clients.open()
  clients.watch()
  isDown = true
  for (const end of opened.splice(0)) end()

  await new Promise(resolve => setTimeout(resolve, DELAY_MS / 2))
  const untilMs = now() + STALL_MS
  while (now() < untilMs);
  while (due.length < 4 * CLIENTS) await new Promise(resolve => setTimeout(resolve, 5))
  clients.finish()
  const lateMs = Math.max(...issued.slice(0, CLIENTS).map((at, index) => at - due[index]!))
  assert.ok(lateMs >= STALL_MS - DELAY_MS, `the first wave was only ${lateMs} ms late`)
  // The fourth wave is due three delays after the first: not three delays and a stall.
  const apartMs = Array.from({ length: CLIENTS }, (_, client) => due[3 * CLIENTS + client]! - due[client]!).sort()
  const median = apartMs[CLIENTS / 2]!
  assert.ok(Math.abs(median - 3 * DELAY_MS) < lateMs / 2, `${median} ms over three delays`)
})
