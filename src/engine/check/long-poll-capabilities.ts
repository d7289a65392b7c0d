import { nextCursor, START } from '../../protocol/polling/cursor.ts'
import type { Capabilities } from '../../wire/capability.ts'
import type { HttpServer } from '../../wire/http-server.ts'

const HOLD_MS = 1000

/** Finds out what a polled address does: whether it holds a request, and whether its answers say where to continue. */
export async function longPollCapabilities(server: HttpServer, found: Capabilities): Promise<Capabilities> {
  const absent = { ...found.absent }
  const first = server.ask()
  if (absent.publish === undefined) {
    await Promise.race([first, new Promise<void>(done => void server.clock.after(HOLD_MS, done))])
    await found.publish('rtbench')
  }
  const { answer, body } = await first
  if (answer.kind === 'silence') {
    // Held for longer than an answer is waited for: that it has a cursor can only be believed.
    if (found.cursor.kind === 'none') absent.cursor = '--cursor none'
    return { ...found, absent }
  }
  if (answer.kind !== 'head' || answer.head.status >= 400) {
    const why = 'it does not answer a poll'
    return { ...found, absent: { hold: why, cursor: why, ...absent } }
  }
  const { bytes } = await body!.all(server.timeoutMs)
  const cursor = nextCursor(found.cursor, START, answer.head, bytes)
  if (found.cursor.kind === 'none') absent.cursor = '--cursor none'
  else if (cursor === START) absent.cursor = 'its answers carry no cursor (--cursor says where to look)'
  if (answer.ms < HOLD_MS / 2 && answer.head.status !== 200)
    absent.hold = `it answers at once with ${answer.head.status}`
  return { ...found, absent }
}
