import { upgradeRequest } from '../../../protocol/websocket/handshake-request.ts'
import { readAnswer } from '../../../wire/http-answer.ts'
import { sleep } from '../../../world/timer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { scriptedServer } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const LONGEST_MS = 65_000

const gaveUpAfter = (ms: number) =>
  scriptedServer(async connection => {
    await sleep(connection.clock, ms)
    connection.finish()
  })

export default {
  title: 'A handshake that does not go on is given up',
  level: 'quality',
  spec: practice('time limits', 'A server ends a connection whose request is not complete within a set time.'),
  why: 'Connections that are held with half a request cost an attacker nothing and use up the server (Slowloris).',
  fix: 'Set a time limit to the request head: 10 to 30 s.',
  covers: [{ row: 'ws.sec.slow-handshake' }],
  slow: true,
  async run(server) {
    const peer = await server.dial()
    const request = upgradeRequest(server.request())
    const start = server.clock.now()
    peer.send(request.subarray(0, request.length >> 1))
    const answer = await readAnswer(peer, LONGEST_MS)
    const seconds = Math.round((server.clock.now() - start) / 1000)
    if (answer.kind === 'silence') return warn(`an end within ${LONGEST_MS / 1000} s`, describeHandshake(answer))
    return pass(`${describeHandshake(answer)} after ${seconds} s`)
  },
  selfTest: {
    passes: { 'after 10 s': { peer: gaveUpAfter(10_000), says: 'after 10 s' } },
    warns: { never: webSocketServer() },
  },
} satisfies WebSocketCheck
