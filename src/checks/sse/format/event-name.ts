import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { warn } from '../../verdict.ts'
import { judgeNotes } from '../../watch-stream.ts'

export default {
  title: 'Event names are not empty and not those of the client',
  level: 'quality',
  spec: html(
    '9.2.6',
    'If the event type buffer has a value other than the empty string, change the type of the newly created event to equal the value of the event type buffer.',
  ),
  why: "Events named open or error fire the listeners that wait for the connection's own; an empty name means message.",
  fix: 'Choose other names, and leave the event line out for plain messages.',
  covers: [{ row: 'sse.fm.event-name' }],
  needs: ['push'],
  run: server =>
    judgeNotes(server, ['colliding-event-name', 'empty-event-name'], observed =>
      warn('a name other than open and error, not empty', observed),
    ),
  selfTest: {
    passes: { 'a name': writingStream('event: price\ndata: 1\n\n'), none: writingStream('data: 1\n\n') },
    warns: {
      error: { peer: writingStream('event: error\ndata: 1\n\n'), says: 'error' },
      open: writingStream('event: open\ndata: 1\n\n'),
      empty: writingStream('event:\ndata: 1\n\n'),
    },
  },
} satisfies HttpCheck
