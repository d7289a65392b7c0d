import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { warn } from '../../verdict.ts'
import { judgeNotes } from '../../watch-stream.ts'

export default {
  title: 'Fields are data, event, id and retry, spelt so',
  level: 'quality',
  spec: html(
    '9.2.6',
    'Field names must be compared literally, with no case folding performed. […] Otherwise […] The field is ignored.',
  ),
  why: 'A client ignores Data:, " data:" and any other name without a word: the line is lost.',
  fix: 'Write the names in lower case without white space around them; put anything else into data.',
  covers: [{ row: 'sse.fm.field-known' }],
  needs: ['push'],
  run: server =>
    judgeNotes(server, ['unknown-field', 'misspelt-field'], observed => warn('data, event, id or retry', observed)),
  selfTest: {
    passes: { 'the four': writingStream('retry: 1\nid: 1\nevent: a\ndata: a\n\n') },
    warns: {
      capitals: { peer: writingStream('Data: a\n\n'), says: 'Data' },
      'a space before': writingStream(' data: a\n\n'),
      'a name of its own': writingStream('time: 12\ndata: a\n\n'),
    },
  },
} satisfies HttpCheck
