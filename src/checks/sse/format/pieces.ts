import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { info } from '../../verdict.ts'
import { watchStream } from '../../watch-stream.ts'

export default {
  title: 'How events lie in chunks',
  level: 'info',
  spec: html(
    '9.2.7',
    'HTTP chunking can have unexpected negative effects on the reliability of this protocol, in particular if the chunking is done by a different layer unaware of the timing requirements.',
  ),
  why: 'Events cut by chunks or collected in them show a layer that buffers; clients must cope, hand-written ones often do not.',
  fix: 'Write each event with one write, and flush after it.',
  covers: [{ row: 'sse.fm.chunk' }],
  needs: ['push'],
  async run(server) {
    const { pieces, events } = (await watchStream(server)).facts()
    const { endingInsideEvent, withSeveralEvents, mostEvents } = pieces
    return info(
      `${events} events in ${pieces.pieces} pieces; ${endingInsideEvent} end inside an event, ${withSeveralEvents} hold several, at most ${mostEvents}`,
    )
  },
  selfTest: {
    infos: {
      'one each': { peer: eventStreamServer(), says: ' 0 end inside' },
      'two in one': { peer: writingStream('data: a\n\ndata: b\n\n'), says: 'at most 2' },
      'cut in two': {
        peer: eventStreamServer({
          opened(side) {
            side.write('data: a')
            side.write('\n\n')
          },
        }),
        says: '1 end inside',
      },
    },
  },
} satisfies HttpCheck
