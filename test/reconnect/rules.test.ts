// What ends a client for good, which hints it follows, and what sets its counter back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolvePlan } from '../../src/engine/outage/plan.ts'
import { decide, startClient } from '../../src/engine/outage/client.ts'
import type { Ending } from '../../src/reconnect/policy.ts'
import { seededRandom } from '../../src/world/random.ts'

async function delays(spec: string, endings: Ending[], retryMs?: number) {
  const plan = await resolvePlan(spec)
  const random = seededRandom(3)
  const client = startClient(plan, random)
  client.retryMs = retryMs
  return endings.map(ending => decide(plan, client, ending, random))
}

const FAILED: Ending = { sinceAttemptMs: 5 }
const lost = (upMs: number): Ending => ({ upMs, sinceAttemptMs: upMs, greeted: true })

for (const id of ['eventsource-chromium', 'eventsource-gecko', 'eventsource-node'])
  test(`${id} is ended by 502, 204 and a page in the place of the stream, and not by a refused connection`, async () => {
    assert.deepEqual(await delays(id, [{ ...FAILED, status: 502 }]), ['http-status'])
    assert.deepEqual(await delays(id, [{ ...FAILED, status: 204 }]), ['http-status'])
    assert.deepEqual(await delays(id, [{ ...FAILED, status: 200 }]), ['http-status'])
    assert.equal(typeof (await delays(id, [FAILED]))[0], 'number')
  })

test('launchdarkly-es retries after 503 and not after 401', async () => {
  assert.deepEqual(await delays('launchdarkly-es', [{ ...FAILED, status: 503 }]), [1000])
  assert.deepEqual(await delays('launchdarkly-es', [{ ...FAILED, status: 401 }]), ['http-status'])
})

test('fetch-event-source does not open a stream again that ended in order', async () => {
  assert.deepEqual(await delays('fetch-event-source', [{ ...lost(9), clean: true }]), ['clean-end'])
  assert.deepEqual(await delays('fetch-event-source', [{ ...lost(9), clean: false }]), [1000])
})

test('the last retry: holds for every EventSource, from 500 ms up in Gecko', async () => {
  assert.deepEqual(await delays('eventsource-chromium', [FAILED], 120), [120])
  assert.deepEqual(await delays('eventsource-gecko', [FAILED], 120), [500])
  assert.deepEqual(await delays('mcp-ts', [FAILED, FAILED, FAILED], 70), [70, 70, 'exhausted'])
})

test('pusher obeys the close codes of its protocol', async () => {
  const after = async (closeCode: number) => (await delays('pusher', [{ ...lost(9000), closeCode }]))[0]
  assert.equal(await after(1006), 1000)
  assert.equal(await after(4001), 'close-code')
  assert.equal(await after(4100), 1000)
  assert.equal(await after(4201), 0)
  assert.equal(await after(4300), 'close-code')
})

test('graphql-ws does not come back after 1011 and comes back after 1012 and 1013', async () => {
  const after = async (closeCode: number) => (await delays('graphql-ws', [{ ...lost(9000), closeCode }]))[0]
  assert.equal(await after(1011), 'close-code')
  assert.equal(await after(4409), 'close-code')
  assert.equal(typeof (await after(1012)), 'number')
  assert.equal(typeof (await after(1013)), 'number')
})

test('an open connection sets phoenix back, a stability threshold does not', async () => {
  const flap = [lost(200), lost(200), lost(200), lost(6000)]
  assert.deepEqual(await delays('phoenix', flap), [10, 10, 10, 10])
  assert.deepEqual(await delays('phoenix+stable', flap), [10, 50, 100, 10])
})

test('a policy reset by the first message is not set back by an open connection alone', async () => {
  assert.deepEqual(
    await delays('slack-socket-mode', [FAILED, { ...lost(50), greeted: false }, lost(50)]),
    [5000, 10_000, 5000],
  )
})

test('nats waits from the start of its last attempt', async () => {
  const [first, second] = await delays('nats', [lost(60_000), { sinceAttemptMs: 1500 }])
  assert.equal(first, 0)
  assert.ok(Number(second) >= 500 && Number(second) <= 600, String(second))
})

test('Chromium adds nothing at first and seconds after sixteen failures', async () => {
  const found = await delays('fixed:delay=1s+chromium', [lost(9000), ...Array.from({ length: 17 }, () => FAILED)])
  assert.equal(found[0], 1000)
  assert.ok(Number(found[17]) >= 2000 && Number(found[17]) <= 6000, String(found[17]))
})

test('Gecko holds a fast policy back by 200 to 400 ms, half as much again after each failure', async () => {
  const [first, second, third] = (await delays('aws-none+gecko', [lost(9000), FAILED, FAILED])) as number[]
  assert.ok(first! >= 200 && first! < 400)
  assert.equal(second, Math.floor(first! * 1.5))
  assert.equal(third, Math.floor(second! * 1.5))
})

test('Retry-After holds only for clients that are told to honour it', async () => {
  const answered = [{ ...FAILED, status: 503, retryAfterMs: 20_000 }]
  assert.deepEqual(await delays('phoenix', answered), [10])
  assert.deepEqual(await delays('phoenix+retry-after', answered), [20_000])
})

test('settings are given by name, in units', async () => {
  assert.deepEqual(await delays('exponential:base=100ms,cap=300ms', [FAILED, FAILED, FAILED]), [100, 200, 300])
  await assert.rejects(resolvePlan('exponential:base=100'), /--policy exponential: base=100 .*100ms/)
  await assert.rejects(resolvePlan('exponential:foo=1s'), /no setting "foo".*base/)
  await assert.rejects(resolvePlan('socket.io'), /--policy "socket.io" is not known: did you mean socketio/)
  await assert.rejects(resolvePlan('quagga'), /--policy "quagga" is not known: rtbench list policies/)
  await assert.rejects(resolvePlan('socketio+opera'), /overlay.*opera.*chromium/)
})
