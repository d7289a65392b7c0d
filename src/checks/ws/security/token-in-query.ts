import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const SECRET = /^(access_?|auth_?|id_?)?(token|jwt|key|secret|password|session(_?id)?|api_?key)$/i

export default {
  title: 'The URL carries no secret in its query',
  level: 'quality',
  spec: rfc6455(
    '10.6',
    'Connection confidentiality and integrity is provided by running the WebSocket Protocol over TLS (wss URIs).',
  ),
  why: 'Queries end up in logs of servers and proxies; over ws:// everybody on the way reads them too.',
  fix: 'Send the token in a cookie, in a subprotocol or in the first message; else make it valid once and for seconds.',
  covers: [{ row: 'ws.sec.token-query' }],
  run: async server => {
    const { target, secure } = server.defaults
    const query = new URL(target, 'http://target').searchParams
    const secrets = [...query.keys()].filter(name => SECRET.test(name))
    if (secrets.length === 0) return pass('none by name')
    return warn(
      'no secret in the query',
      `${secrets.join(', ')} in the query of ${secure ? 'a wss' : 'an unencrypted ws'} URL`,
    )
  },
  selfTest: {
    passes: { 'no query': webSocketServer() },
    warns: { 'a token': { peer: webSocketServer(), target: '/?access_token=x', says: 'access_token' } },
  },
} satisfies WebSocketCheck
