import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { fail } from '../../verdict.ts'
import { judgeNotes } from '../../watch-stream.ts'

export default {
  title: 'An event stream is valid UTF-8',
  level: 'must',
  spec: html('9.2.5', 'Event streams in this format must always be encoded as UTF-8.'),
  why: 'Clients decode as UTF-8 whatever the server meant: each bad octet turns into U+FFFD and the text is lost.',
  fix: 'Encode events as UTF-8; send binary data as base64; never cut a string inside a character.',
  covers: [{ row: 'sse.fm.utf8' }],
  needs: ['push'],
  run: server => judgeNotes(server, ['invalid-utf8'], observed => fail('valid UTF-8', observed)),
  selfTest: {
    passes: {
      'characters of all lengths': writingStream('data: aä€😀\n\n'),
      'a character in two chunks': writingStream(Buffer.from('data: €\n\n')),
    },
    fails: {
      'Latin-1': { peer: writingStream(Buffer.from('data: Gr\xfc\xdfe\n\n', 'latin1')), says: 'byte 0' },
      'a surrogate as three octets': writingStream(Buffer.from('data: \xed\xa0\x80\n\n', 'latin1')),
      'a cut character': writingStream(Buffer.from('data: \xe2\x82\n\n', 'latin1')),
    },
  },
} satisfies HttpCheck
