import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { pass, warn } from '../../verdict.ts'
import { nothingCame, watchStream } from '../../watch-stream.ts'

export default {
  title: 'Lines end in one way, LF or CRLF',
  level: 'quality',
  spec: html('9.2.5', 'end-of-line = ( cr lf / cr / lf )'),
  why: 'All three line ends are legal, but some clients know no lone CR, and mixtures come from text nobody escaped.',
  fix: 'End every line with LF, and split data at CR, LF and CRLF.',
  covers: [{ row: 'sse.fm.eol' }],
  needs: ['push'],
  async run(server) {
    const { lineEnds } = (await watchStream(server)).facts()
    const used = Object.entries(lineEnds).filter(([, count]) => count > 0)
    const observed = used.map(([name, count]) => `${count} ${name.toUpperCase()}`).join(', ')
    if (used.length === 0) return nothingCame(server)
    return used.length === 1 && lineEnds.cr === 0 ? pass(observed) : warn('LF alone or CRLF alone', observed)
  },
  selfTest: {
    passes: {
      LF: eventStreamServer(),
      CRLF: eventStreamServer({
        opened: side => side.write('retry: 2000\r\n\r\n'),
        event: (_, usual) => usual.replaceAll('\n', '\r\n'),
      }),
    },
    warns: {
      mixed: writingStream('data: a\r\n\n'),
      'lone CR': {
        peer: eventStreamServer({
          opened: side => side.write('retry: 2000\r\r'),
          event: (_, usual) => usual.replaceAll('\n', '\r'),
        }),
        says: 'CR',
      },
    },
    skips: { silence: eventStreamServer({ opened: () => {}, intervalMs: null, event: () => '' }) },
  },
} satisfies HttpCheck
