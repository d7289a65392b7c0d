import { CannotTell } from '../../../wire/cannot-tell.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusesToPublish } from '../../peers/refused-publishing.ts'
import { publishedEvents, token } from '../../published-events.ts'
import { pass, skip, warn } from '../../verdict.ts'

/** Just below 1 MiB, where many bodies are bounded. */
const LARGE = 1_000_000

export default {
  title: 'An event of 1 MB arrives whole',
  level: 'quality',
  spec: practice(
    'large events',
    'The size of an event is not limited by the format: what was accepted is delivered whole.',
  ),
  why: 'Buffers on the way that are smaller than an event cut it, drop it or stall the stream.',
  fix: 'Raise the limit of the layer that cuts, or refuse such messages when they are published.',
  covers: [{ row: 'sse.fm.big' }],
  needs: ['publish', 'push'],
  async run(server) {
    const mark = token()
    const message = `${mark} ${'x'.repeat(LARGE - mark.length * 2 - 2)} ${mark}`
    try {
      const [event] = await publishedEvents(server, [message], data => data.includes(mark))
      const data = event?.data ?? ''
      return data.includes(message) ? pass(`${data.length} characters`) : warn(`${LARGE} characters`, `${data.length}`)
    } catch (error) {
      if (!(error instanceof CannotTell)) throw error
      if (error.message.startsWith('--publish')) return skip(error.message)
      return warn(`an event of ${LARGE} characters`, error.message)
    }
  },
  selfTest: {
    passes: { whole: eventStreamServer() },
    skips: { 'cannot be published': refusesToPublish },
    warns: {
      cut: eventStreamServer({ event: ({ data }) => `data: ${data.slice(0, 65_536)}\n\n` }),
      dropped: {
        peer: eventStreamServer({ event: ({ data }, usual) => (data.length > 65_536 ? '' : usual) }),
        says: 'did not arrive',
      },
    },
  },
} satisfies HttpCheck
