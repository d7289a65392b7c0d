import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { elicit, judgeFrames } from '../../websocket/elicit.ts'

const mask = Buffer.from('37fa213d', 'hex')

export default {
  title: 'The server masks no frame',
  level: 'must',
  spec: rfc6455('5.1', 'A server MUST NOT mask any frames that it sends to the client.'),
  why: 'A client must close the connection on a masked frame: browsers do.',
  fix: 'Send MASK=0 and no key from the server, in data and in control frames.',
  covers: [{ row: 'ws.fr.srv-unmasked' }],
  run: async server => judgeFrames(await elicit(server), frame => (frame.masked ? 'MASK=0' : null)),
  selfTest: {
    passes: { 'masks nothing': webSocketServer() },
    fails: {
      'masks all': { peer: webSocketServer({ outgoing: frame => ({ ...frame, mask }) }), says: 'masked' },
      'masks only what is long': webSocketServer({
        outgoing: frame => ((frame.payload?.length ?? 0) > 65_535 ? { ...frame, mask } : frame),
      }),
      'masks pongs': webSocketServer({
        outgoing: frame => (frame.opcode === OPCODE.pong ? { ...frame, mask } : frame),
      }),
      'masks its Close': webSocketServer({
        outgoing: frame => (frame.opcode === OPCODE.close ? { ...frame, mask } : frame),
      }),
    },
    skips: { 'sends nothing': webSocketServer({ message: () => {}, pong: () => null, closeAnswer: () => null }) },
  },
} satisfies WebSocketCheck
