import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { fail } from '../../verdict.ts'
import { judgeNotes } from '../../watch-stream.ts'

export default {
  title: 'No id contains NUL',
  level: 'must',
  spec: html(
    '9.2.6',
    'If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value. Otherwise, ignore the field.',
  ),
  why: 'A client ignores such an id and comes back with an older one: it gets events twice.',
  fix: 'Make ids of printable ASCII characters.',
  covers: [{ row: 'sse.fm.id-nul' }],
  needs: ['ids'],
  run: server => judgeNotes(server, ['nul-in-id'], observed => fail('an id without U+0000', observed)),
  selfTest: {
    passes: { plain: writingStream('id: 1\ndata: a\n\n') },
    fails: { 'a NUL': { peer: writingStream('id: 1\0a\ndata: a\n\n'), says: '\\u0000' } },
  },
} satisfies HttpCheck
