import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { info } from '../../verdict.ts'
import { watchStream } from '../../watch-stream.ts'

export default {
  title: 'Whether fields come without a colon',
  level: 'info',
  spec: html(
    '9.2.6',
    'Otherwise, the string is not empty but does not contain a U+003A COLON character (:) […] Process the field using the steps described below, using the whole line as the field name, and the empty string as the field value.',
  ),
  why: 'A bare data line is an empty line of data; hand-written clients often do not know it.',
  fix: 'Write the colon always.',
  covers: [{ row: 'sse.fm.no-colon' }],
  needs: ['push'],
  async run(server) {
    const count = (await watchStream(server)).facts().notes['field-without-colon']?.count ?? 0
    return info(`${count} fields without a colon`)
  },
  selfTest: {
    infos: {
      'a bare data line': { peer: writingStream('data\n\n'), says: '1 fields' },
      none: { peer: writingStream('data:\n\n'), says: '0 fields' },
    },
  },
} satisfies HttpCheck
