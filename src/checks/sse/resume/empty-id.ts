import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusal } from '../../peers/http-response.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { fieldOf, streamBlocks } from '../../stream-blocks.ts'
import { info } from '../../verdict.ts'
import { watchStream } from '../../watch-stream.ts'

export default {
  title: 'What empty ids do',
  level: 'info',
  spec: html(
    '9.2.6',
    'If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value.',
  ),
  why: 'An empty id line makes the client forget its place: it comes back without Last-Event-ID, and gets no replay.',
  fix: 'Leave the id line out where an event has no id; send an empty one only to reset.',
  covers: [{ row: 'sse.rs.empty-id' }],
  needs: ['ids'],
  async run(server) {
    const empty = streamBlocks(await watchStream(server)).filter(block => fieldOf(block, 'id') === '').length
    const { answer, peer } = await server.ask({ headers: { 'Last-Event-ID': '' } })
    peer.destroy()
    return info(`${empty} empty id lines; an empty Last-Event-ID: ${describeAnswer(answer)}`)
  },
  selfTest: {
    infos: {
      none: { peer: eventStreamServer(), says: '0 empty' },
      'one, and a refusal': {
        peer: eventStreamServer({
          opened: side => side.write('id:\ndata: a\n\n'),
          respond: (usual, { headers }) =>
            headers.some(([name]) => /^last-event-id$/i.test(name)) ? refusal(400, 'empty') : usual,
        }),
        says: '1 empty id lines; an empty Last-Event-ID: HTTP/1.1 400',
      },
      'an id line without a colon': { peer: writingStream('id\ndata: a\n\n'), says: '1 empty' },
    },
  },
} satisfies HttpCheck
