import type { WebSocketServer } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { judgeOpened } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const spell = (change: (name: string) => string) => (server: WebSocketServer) => {
  const { host, key } = server.request()
  const fields: [string, string][] = [
    ['Host', host],
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', key],
  ]
  return Object.fromEntries(fields.map(([name, value]) => [name.toLowerCase(), [`${change(name)}: ${value}`]]))
}

const cases = [
  { name: 'lower case', replace: spell(name => name.toLowerCase()) },
  { name: 'UPPER CASE', replace: spell(name => name.toUpperCase()) },
]

export default {
  title: 'Header names are read in any case',
  level: 'must',
  spec: rfc9110('5.1', 'Field names are case-insensitive'),
  why: 'Proxies rewrite names, mostly to lower case.',
  fix: 'Compare header names without regard to case.',
  covers: [{ row: 'ws.hs.names-case' }],
  run: server =>
    tryCases(cases, async ({ replace }) => judgeOpened((await server.upgrade({ replace: replace(server) })).answer)),
  selfTest: {
    passes: { 'reads any case': webSocketServer() },
    fails: {
      'knows one spelling': {
        peer: webSocketServer({
          respond: (usual, request) =>
            request.headers.some(([name]) => name === 'Upgrade') ? usual : refusal(400, 'no Upgrade'),
        }),
        says: 'lower case: HTTP/1.1 400',
      },
    },
  },
} satisfies WebSocketCheck
