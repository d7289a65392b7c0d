import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { warn } from '../../verdict.ts'
import { judgeNotes } from '../../watch-stream.ts'

export default {
  title: 'Every event has data',
  level: 'quality',
  spec: html(
    '9.2.6',
    'If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and return.',
  ),
  why: 'An event with a name but without a data line is never dispatched: no listener hears of it.',
  fix: 'Send a data line with every event; "data: {}" or so where there is nothing to say.',
  covers: [{ row: 'sse.fm.no-data' }],
  needs: ['push'],
  run: server => judgeNotes(server, ['block-without-data'], observed => warn('a data line in every event', observed)),
  selfTest: {
    passes: { 'data in all': writingStream('retry: 10\n\n: hi\n\nevent: a\ndata: 1\n\n') },
    warns: {
      'a name alone': { peer: writingStream('event: done\n\n'), says: 'done' },
      'an id alone': writingStream('id: 7\n\ndata: 1\n\n'),
    },
  },
} satisfies HttpCheck
