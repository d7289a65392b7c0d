import { CannotTell } from '../../../wire/cannot-tell.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import { tryCases } from '../../cases.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusesToPublish } from '../../peers/refused-publishing.ts'
import { publishedEvents, token } from '../../published-events.ts'
import { fail, pass, skip, type Verdict } from '../../verdict.ts'

const BREAKS = [
  { name: 'LF', lineBreak: '\n' },
  { name: 'CR', lineBreak: '\r' },
  { name: 'CRLF', lineBreak: '\r\n' },
]

async function tryBreak(server: HttpServer, lineBreak: string): Promise<Verdict> {
  const mark = token()
  const forged = `forged-${mark}`
  const message = [`first ${mark}`, `event: ${forged}`, `id: ${forged}`, '', `data: last ${mark}`, '', ''].join(
    lineBreak,
  )
  let events
  try {
    events = await publishedEvents(server, [message], data => data.includes(mark))
  } catch (error) {
    // To refuse such a message is a defence, too.
    if (error instanceof CannotTell && error.message.startsWith('--publish')) return skip(error.message)
    throw error
  }
  const bad = events.find(
    ({ type, lastEventId, data }) =>
      type === forged || lastEventId === forged || (data.includes(`last ${mark}`) && !data.includes(`first ${mark}`)),
  )
  const observed = JSON.stringify(bad ?? events.map(({ data }) => data)).slice(0, 300)
  return bad === undefined ? pass(observed) : fail('one event, whatever its data contains', observed)
}

export default {
  title: 'Line breaks in a message cannot forge fields or events',
  level: 'must',
  // What it publishes would reach the streams of other checks, and be judged there.
  alone: true,
  spec: html(
    '9.2.5',
    'any-char = %x0000-0009 / %x000B-000C / %x000E-10FFFF ; a scalar value other than U+000A LINE FEED (LF) or U+000D CARRIAGE RETURN (CR)',
  ),
  why: 'Whoever can put a CR into a message can write events, names and ids in the name of the server.',
  fix: 'Split data at CR, LF and CRLF, not at LF alone; refuse line breaks in ids, names and comments.',
  covers: [{ row: 'sse.fm.inject-lf' }],
  needs: ['publish', 'push'],
  run: server => tryCases(BREAKS, ({ lineBreak }) => tryBreak(server, lineBreak)),
  selfTest: {
    passes: { 'splits at all three': eventStreamServer() },
    skips: { 'refuses such a message': refusesToPublish },
    fails: {
      'splits at none': eventStreamServer({ event: ({ data }) => `data: ${data}\n\n` }),
      'splits at LF only': {
        peer: eventStreamServer({
          event: ({ data }) =>
            `${data
              .split('\n')
              .map(line => `data: ${line}\n`)
              .join('')}\n`,
        }),
        says: 'CR',
      },
    },
  },
} satisfies HttpCheck
