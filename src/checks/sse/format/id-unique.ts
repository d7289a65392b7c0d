import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { fieldOf, isHeartbeatEvent, streamBlocks } from '../../stream-blocks.ts'
import { pass, warn } from '../../verdict.ts'
import { watchStream } from '../../watch-stream.ts'

export default {
  title: 'Each id belongs to one event that can be replayed',
  level: 'quality',
  spec: practice('ids', 'An id names one durable event; heartbeats and other control events have none.'),
  why: 'A client resumes after the last id it saw: two events with one id, or an id that the store does not know, lose events.',
  fix: 'Number the events that are kept, and leave the id line out of all others.',
  covers: [{ row: 'sse.fm.id-monotone' }],
  needs: ['ids'],
  async run(server) {
    const blocks = streamBlocks(await watchStream(server)).filter(block => fieldOf(block, 'data') !== undefined)
    const seen = new Map<string, number>()
    for (const block of blocks) {
      const id = fieldOf(block, 'id')
      if (id === undefined || id === '') continue
      if (isHeartbeatEvent(block))
        return warn('no id on a heartbeat', JSON.stringify(block.lines.join('\n').slice(0, 100)))
      seen.set(id, (seen.get(id) ?? 0) + 1)
    }
    const twice = [...seen].find(([, count]) => count > 1)
    if (twice === undefined) return pass(`${seen.size} distinct ids`)
    return warn('an id of its own for each event', `id ${JSON.stringify(twice[0])} on ${twice[1]} events`)
  },
  selfTest: {
    passes: {
      counted: eventStreamServer(),
      'heartbeats without ids': writingStream('data: a\nid: a\n\nevent: ping\ndata: 1\n\n'),
    },
    warns: {
      'one id for all': { peer: writingStream('id: x\ndata: a\n\nid: x\ndata: b\n\n'), says: '"x" on 2' },
      'an id on a heartbeat': { peer: writingStream('id: x\nevent: ping\ndata: 1\n\n'), says: 'ping' },
    },
  },
} satisfies HttpCheck
