import { describeAnswer } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { answers, hangsUp, silent } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

export default {
  title: 'A valid handshake is answered with 101 in HTTP/1.1',
  level: 'must',
  spec: rfc6455('4.2.2', 'A Status-Line with a 101 response code as per RFC 2616 [RFC2616].'),
  why: 'Nothing but a 101 opens a WebSocket: every other check of this endpoint depends on it.',
  fix: 'Look at the status: 3xx means the address in Location, 404 means another path, 401 or 403 missing credentials or Origin (-H), 426 and 400 an upgrade header lost on the way, as proxies do that are not told to pass Upgrade and Connection on.',
  covers: [{ row: 'ws.hs.status' }, { row: 'ws.hs.redirect' }],
  async run(server) {
    const { answer } = await server.upgrade()
    const observed = describeAnswer(answer, [
      'Location',
      'WWW-Authenticate',
      'Allow',
      'Upgrade',
      'Sec-WebSocket-Version',
    ])
    const opened = answer.kind === 'head' && answer.head.status === 101 && answer.head.version === '1.1'
    return opened ? pass(observed) : fail('HTTP/1.1 101', observed)
  },
  selfTest: {
    passes: { 'switches protocols': webSocketServer() },
    fails: {
      'no such path': { peer: webSocketServer({ paths: ['/other'] }), says: '404' },
      'HTTP/1.0': webSocketServer({ respond: usual => ({ ...usual, version: '1.0' }) }),
      moved: {
        peer: answers('HTTP/1.1 301 Moved\r\nLocation: ws://peer.test/new\r\nContent-Length: 0\r\n\r\n'),
        says: 'Location: ws://peer.test/new',
      },
      'a plain web page': answers('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'),
      'no HTTP at all': { peer: answers('SSH-2.0-OpenSSH_9.2\r\n'), says: 'no HTTP response' },
      'never answers': { peer: silent, says: 'no response head' },
      'ends the connection': { peer: hangsUp, says: 'FIN' },
    },
  },
} satisfies WebSocketCheck
