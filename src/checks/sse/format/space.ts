import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { info } from '../../verdict.ts'
import { watchStream } from '../../watch-stream.ts'

export default {
  title: 'How values follow the colon',
  level: 'info',
  spec: html('9.2.6', 'If value starts with a U+0020 SPACE character, remove it from value.'),
  why: 'data:x and data: x are equal; data:  x keeps one space. Payloads that begin with a space need the optional one.',
  fix: 'Write one space after the colon always: then no payload loses its own.',
  covers: [{ row: 'sse.fm.space' }],
  needs: ['push'],
  async run(server) {
    const { spacedValues, unspacedValues } = (await watchStream(server)).facts()
    return info(`${spacedValues} values after a space, ${unspacedValues} right after the colon`)
  },
  selfTest: {
    infos: {
      both: { peer: writingStream('data:a\ndata: b\n\n'), says: '1 right after' },
      'with a space': { peer: writingStream('data: b\n\n'), says: ' 0 right after' },
    },
  },
} satisfies HttpCheck
