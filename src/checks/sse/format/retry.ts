import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { fail, pass, warn } from '../../verdict.ts'
import { describeNotes, nothingCame, watchStream } from '../../watch-stream.ts'

const LONGEST_MS = 60_000

export default {
  title: 'retry is a number of milliseconds in digits',
  level: 'must',
  spec: html(
    '9.2.6',
    "If the field value consists of only ASCII digits, then interpret the field value as an integer in base ten, and set the event stream's reconnection time to that integer. Otherwise, ignore the field.",
  ),
  why: 'A client ignores anything else and comes back after its own 3 or 5 s; 0 makes a herd, minutes look like an outage.',
  fix: 'Send whole milliseconds without a unit: retry: 3000.',
  covers: [{ row: 'sse.fm.retry' }],
  async run(server) {
    const facts = (await watchStream(server)).facts()
    const bad = describeNotes(facts, 'bad-retry')
    if (bad !== null) return fail('digits only', bad)
    if (facts.bytes === 0) return nothingCame(server)
    const odd = facts.retries.find(ms => ms === 0 || ms > LONGEST_MS)
    if (odd !== undefined) return warn(`1 to ${LONGEST_MS} ms`, `retry: ${odd}`)
    return pass(facts.retries.length === 0 ? 'no retry' : `retry: ${facts.retries.join(', ')}`)
  },
  selfTest: {
    passes: { '2 s': writingStream('retry: 2000\n\n'), none: writingStream('data: a\n\n') },
    fails: {
      'with a unit': { peer: writingStream('retry: 3s\n\n'), says: '3s' },
      negative: writingStream('retry: -1\n\n'),
      empty: writingStream('retry:\n\n'),
      fraction: writingStream('retry: 1.5\n\n'),
    },
    warns: { zero: writingStream('retry: 0\n\n'), 'ten minutes': writingStream('retry: 600000\n\n') },
    skips: { silence: writingStream('', 'ends') },
  },
} satisfies HttpCheck
