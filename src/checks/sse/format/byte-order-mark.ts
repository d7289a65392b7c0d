import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { warn } from '../../verdict.ts'
import { judgeNotes } from '../../watch-stream.ts'

export default {
  title: 'A byte order mark stands at the beginning of the stream only',
  level: 'quality',
  spec: html('9.2.5', 'stream = [ bom ] *event'),
  why: 'Later marks are text: before a field name they make the line an unknown field, which clients ignore.',
  fix: 'Write no byte order mark; strip it from files and templates whose content goes into the stream.',
  covers: [{ row: 'sse.fm.bom' }],
  needs: ['push'],
  run: server =>
    judgeNotes(server, ['late-byte-order-mark'], observed => warn('a byte order mark at byte 0 or nowhere', observed)),
  selfTest: {
    passes: { none: writingStream('data: a\n\n'), leading: writingStream('\ufeffdata: a\n\n') },
    warns: {
      'two at the beginning': writingStream('\ufeff\ufeffdata: a\n\n'),
      'one for each event': writingStream('\ufeffdata: a\n\n\ufeffdata: b\n\n'),
    },
  },
} satisfies HttpCheck
