import type { Workers } from './workers.ts'
import type { WorkerPlan } from '../worker/plan.ts'

/**
 * Tells every receiver how many messages it is to have got: all of them, or those that were sent while it was
 * subscribed. Receivers know when they came and went, only the publishers know what they sent meanwhile. False: the
 * process that publishes is gone, and nobody knows.
 */
export async function tellExpected(
  workers: Workers,
  plans: readonly WorkerPlan[],
  published: number,
): Promise<boolean> {
  const publisher = plans.find(({ publishes }) => publishes)!
  workers.send({ type: 'spans' }, false)
  const told = await workers.all('spans', false)
  const all = Float64Array.from(told.flatMap(({ spans }) => [...spans]))
  workers.sendTo(publisher.worker, { type: 'count', spans: all })
  const [counted] = await workers.all('counted', true)
  if (counted === undefined) return false
  let from = 0
  for (const { worker, spans } of told) {
    const until = from + spans.length / 2
    const { inSpans, failed } = counted
    workers.sendTo(worker, { type: 'expect', published, inSpans: inSpans.slice(from, until), failed })
    from = until
  }
  return true
}
