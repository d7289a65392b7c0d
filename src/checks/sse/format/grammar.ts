import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { streamText } from '../../stream-blocks.ts'
import { fail, pass, warn } from '../../verdict.ts'
import { described, nothingCame, watchStream } from '../../watch-stream.ts'

/** Any text is a field name by the grammar; what no one would call a field is something else in the wrong place. */
const NAME_LIKE = /^[ \t\ufeff]*[A-Za-z][\w-]*[ \t]*(:|$)/

export default {
  title: 'Every line is a field, a comment or blank, and ends',
  level: 'must',
  spec: html(
    '9.2.5',
    'event = *( comment / field ) end-of-line […] field = 1*name-char [ colon [ space ] *any-char ] end-of-line',
  ),
  why: 'Clients drop what they cannot take for one of the four fields without a word: JSON or log lines get lost.',
  fix: 'Put every line of a payload behind "data: " and end every line, the last one too.',
  covers: [{ row: 'sse.fm.grammar' }],
  needs: ['push'],
  async run(server) {
    const stream = await watchStream(server)
    const text = streamText(stream)
    if (text === '') return nothingCame(server)
    const lines = text.split(/\r\n|\r|\n/)
    const last = lines.pop()!
    if (stream.ended && last !== '') return fail('a line end after the last line', JSON.stringify(last.slice(-100)))
    const strange = lines.find(line => line !== '' && !line.startsWith(':') && !NAME_LIKE.test(line))
    if (strange !== undefined) return warn('fields, comments and blank lines', JSON.stringify(strange.slice(0, 100)))
    return pass(described(stream.facts()))
  },
  selfTest: {
    passes: {
      'fields and comments': writingStream(': hi\nevent: a\nid\ndata:b\n\n'),
      'a stream that ends': writingStream('data: a\n\n', 'ends'),
    },
    fails: { 'a comment without an end': { peer: writingStream('data: a\n\n: bye', 'ends'), says: ': bye' } },
    warns: {
      'JSON lines': { peer: writingStream('{"a":1}\n{"a":2}\n\n'), says: '{' },
      'white space': writingStream('data: a\n\n  \n'),
      'a payload of two lines': writingStream('data: {"a":1,\n"b":2}\n\n'),
    },
    skips: { silence: writingStream('', 'ends') },
  },
} satisfies HttpCheck
