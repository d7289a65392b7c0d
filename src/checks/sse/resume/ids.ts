import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { fieldOf, isHeartbeatEvent, streamBlocks } from '../../stream-blocks.ts'
import { pass, warn } from '../../verdict.ts'
import { nothingCame, watchStream } from '../../watch-stream.ts'

export default {
  title: 'Events carry ids',
  level: 'quality',
  spec: html(
    '9.2.4',
    "The `Last-Event-ID` HTTP request header reports an EventSource object's last event ID string to the server when the user agent is to reestablish the connection.",
  ),
  why: 'Without ids a client that comes back cannot say where it was: what was sent meanwhile is lost.',
  fix: 'Send an id line with each event that matters, and continue after the Last-Event-ID of a request.',
  covers: [{ row: 'sse.rs.ids' }],
  needs: ['push'],
  async run(server) {
    const blocks = streamBlocks(await watchStream(server)).filter(
      block => block.finished && fieldOf(block, 'data') !== undefined && !isHeartbeatEvent(block),
    )
    if (blocks.length === 0) return nothingCame(server)
    const count = blocks.filter(block => fieldOf(block, 'id') !== undefined).length
    const observed = `${count} of ${blocks.length} events have ids`
    return count > 0 ? pass(observed) : warn('ids', observed)
  },
  selfTest: {
    passes: { counted: eventStreamServer() },
    warns: { none: { peer: eventStreamServer({ event: ({ data }) => `data: ${data}\n\n` }), says: '0 of' } },
    skips: { 'heartbeats alone': writingStream('event: ping\ndata: 1\n\n', 'ends') },
  },
} satisfies HttpCheck
