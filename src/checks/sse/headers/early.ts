import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { encodeResponse } from '../../peers/http-response.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { scriptedServer } from '../../peers/scripted-server.ts'
import { pass, warn } from '../../verdict.ts'
import { sleep } from '../../../world/timer.ts'

const SOON_MS = 1000

const lateHead = scriptedServer(async connection => {
  await connection.read(1000)
  await sleep(connection.clock, 2000)
  connection.send(encodeResponse({ status: 200, headers: [['Content-Type', 'text/event-stream']] }))
})

export default {
  title: 'The head comes before the first event',
  level: 'quality',
  spec: practice(
    'early head',
    'The response head is sent as soon as the request is accepted, also where no event is there yet.',
  ),
  why: 'Until the head is there an EventSource does not open: a page shows "connecting", and proxies give up after a minute.',
  fix: 'Flush the headers at once (flushHeaders, a comment, or retry as the first line).',
  covers: [{ row: 'sse.hd.early' }],
  async run(server) {
    const { answer } = await server.ask()
    const ms = answer.kind === 'head' ? Math.round(answer.ms) : Infinity
    return ms <= SOON_MS ? pass(`after ${ms} ms`) : warn(`within ${SOON_MS} ms`, `after ${ms} ms`)
  },
  selfTest: {
    passes: { 'at once': eventStreamServer({ intervalMs: null }) },
    warns: { 'with the first event': { peer: lateHead, says: '2000' } },
  },
} satisfies HttpCheck
