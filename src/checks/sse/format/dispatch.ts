import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { fieldOf, streamBlocks } from '../../stream-blocks.ts'
import { fail, pass } from '../../verdict.ts'
import { described, nothingCame, watchStream } from '../../watch-stream.ts'

export default {
  title: 'A blank line ends every event',
  level: 'must',
  spec: html(
    '9.2.6',
    'Once the end of the file is reached, any pending data must be discarded. (If the file ends in the middle of an event, before the final empty line, the incomplete event is not dispatched.)',
  ),
  why: 'Until the blank line comes a client dispatches nothing; an event without it is lost or glued to the next one.',
  fix: 'Write two line ends after each event, also after the last one before the stream ends.',
  covers: [{ row: 'sse.fm.dispatch' }],
  async run(server) {
    const stream = await watchStream(server)
    if (!stream.ended) await stream.readFor(server.quietMs)
    const facts = stream.facts()
    const blocks = streamBlocks(stream)
    const last = blocks.at(-1)
    // An event that is under way when the watching ends is not blamed; one that is waited for in vain is.
    const stopped =
      stream.ended || server.clock.now() - (stream.pieces.at(-1)?.atMs ?? 0) >= Math.min(server.quietMs, 300)
    if (last !== undefined && !last.finished && stopped && fieldOf(last, 'data') !== undefined) {
      const where = stream.ended ? 'the stream ended' : 'nothing more came'
      return fail('a blank line after the event', `${where} after ${JSON.stringify(last.lines.join('\n').slice(-100))}`)
    }
    return facts.events === 0 ? nothingCame(server) : pass(described(facts))
  },
  selfTest: {
    passes: {
      'an open stream': eventStreamServer(),
      'a stream that ends': writingStream('data: a\n\ndata: b\n\n', 'ends'),
      'ends after a comment': writingStream('data: a\n\n: bye\n', 'ends'),
    },
    fails: {
      'the last event is not ended': { peer: writingStream('data: a\n\ndata: b\n', 'ends'), says: 'data: b' },
      'no event is ended': eventStreamServer({ event: ({ data }) => `data: ${data}\n`, intervalMs: null }),
      'the last line is not ended': writingStream('data: a\n\ndata: b', 'ends'),
    },
    skips: {
      silence: { peer: eventStreamServer({ intervalMs: null }), given: { absent: { publish: 'no', push: 'none' } } },
    },
  },
} satisfies HttpCheck
