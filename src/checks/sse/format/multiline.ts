import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { publishedEvents, token } from '../../published-events.ts'
import { fail, pass } from '../../verdict.ts'

export default {
  title: 'A payload of several lines arrives whole',
  level: 'must',
  spec: html(
    '9.2.6',
    'If the field name is "data" […] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data buffer.',
  ),
  why: 'A payload written behind one "data: " loses everything after its first line break.',
  fix: 'Split the payload at CR, LF and CRLF, and write each line behind "data: ".',
  covers: [{ row: 'sse.fm.multiline' }],
  needs: ['publish', 'push'],
  async run(server) {
    const mark = token()
    const message = `{"rtbench": "${mark}",\n"end": "${mark}-end"}`
    const events = await publishedEvents(server, [message], data => data.includes(mark))
    const data = events.map(({ data }) => data)
    const whole = data.find(text => text.includes(`${mark}-end`) && text.includes(`${mark}"`))
    const observed = JSON.stringify(data.join(' | ').slice(0, 300))
    return whole === undefined ? fail('both lines of the payload in one event', observed) : pass(observed)
  },
  selfTest: {
    passes: {
      'a data line each': eventStreamServer(),
      'as a JSON string': eventStreamServer({
        event: ({ data }) => `data: ${JSON.stringify(data).replaceAll('\\"', '"')}\n\n`,
      }),
    },
    fails: {
      'one data line': { peer: eventStreamServer({ event: ({ data }) => `data: ${data}\n\n` }), says: 'rtbench' },
      'an event for each line': eventStreamServer({
        event: ({ data }) =>
          data
            .split('\n')
            .map(line => `data: ${line}\n\n`)
            .join(''),
      }),
    },
  },
} satisfies HttpCheck
