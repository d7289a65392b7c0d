import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { fieldOf, streamBlocks } from '../../stream-blocks.ts'
import { pass, warn } from '../../verdict.ts'
import { watchStream } from '../../watch-stream.ts'

/** Servers bound a whole request head at 8 KiB and less. */
const LONGEST_ID = 1024

export default {
  title: 'Ids survive the way back in a header',
  level: 'quality',
  spec: html(
    '9.2.4',
    "The `Last-Event-ID` HTTP request header reports an EventSource object's last event ID string to the server when the user agent is to reestablish the connection.",
  ),
  why: 'What is not printable ASCII is changed, stripped or refused by header parsers on the way: resuming fails.',
  fix: 'Make ids short and of printable ASCII characters, with no space at either end.',
  covers: [{ row: 'sse.fm.id-header-safe' }],
  needs: ['ids'],
  async run(server) {
    const stream = await watchStream(server)
    const ids = streamBlocks(stream).flatMap(block => fieldOf(block, 'id') ?? [])
    const bad = ids.find(
      id => id.length > LONGEST_ID || (id !== '' && !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(id)),
    )
    if (bad === undefined) return pass(`${ids.length} ids`)
    const length = bad.length > LONGEST_ID ? `${bad.length} characters: ` : ''
    return warn(`at most ${LONGEST_ID} printable ASCII characters`, `${length}${JSON.stringify(bad.slice(0, 80))}`)
  },
  selfTest: {
    passes: { 'a number': writingStream('id: 1\ndata: a\n\n'), 'spaces inside': writingStream('id: a b\ndata: a\n\n') },
    warns: {
      'beyond ASCII': { peer: writingStream('id: é1\ndata: a\n\n'), says: 'é1' },
      'a tab': writingStream('id: a\tb\ndata: a\n\n'),
      'a space at the end': writingStream('id: a \ndata: a\n\n'),
      'too long': { peer: writingStream(`id: ${'x'.repeat(2000)}\ndata: a\n\n`), says: '2000' },
    },
  },
} satisfies HttpCheck
