import type { Capabilities } from '../../wire/capability.ts'
import type { HttpServer } from '../../wire/http-server.ts'

const LOOK_MS = 2500
const ENOUGH_EVENTS = 3

/** Finds out what an event stream does: whether it emits, carries ids, and continues after one. */
export async function eventStreamCapabilities(server: HttpServer, found: Capabilities): Promise<Capabilities> {
  const absent = { ...found.absent }
  const { answer } = await server.ask()
  if (answer.kind !== 'head' || answer.head.status !== 200) {
    const why = 'no event stream can be opened'
    return { ...found, absent: { push: why, ids: why, resume: why, ...absent } }
  }
  const stream = await server.events()
  if (absent.publish === undefined) {
    await stream.readFor(300)
    for (let count = 0; count < ENOUGH_EVENTS; count += 1) await found.publish(`rtbench ${count}`)
  }
  await stream.readFor(LOOK_MS, ENOUGH_EVENTS)
  stream.destroy()
  const ids = stream.events.map(({ event }) => event.lastEventId)
  if (ids.length === 0) absent.push = `no event came within ${LOOK_MS} ms (--publish URL makes it emit one)`
  if (ids.every(id => id === '')) {
    absent.ids = ids.length === 0 ? absent.push! : 'its events carry no id'
    absent.resume = absent.ids
    return { ...found, absent }
  }
  const [first, second] = distinct(ids)
  if (second === undefined) return { ...found, absent: { ...absent, resume: 'only one id was seen' } }
  const again = await server.events({ headers: { 'Last-Event-ID': first! } })
  await again.readFor(LOOK_MS, 1)
  again.destroy()
  if (again.events[0]?.event.lastEventId !== second) absent.resume = 'it does not continue after a Last-Event-ID'
  return { ...found, absent }
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)].filter(id => id !== '')
