import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { allLargeMessagePeers } from '../../peers/large-message-peers.ts'
import { binaryMessage, textMessage } from '../../websocket/echo.ts'
import { tryLargeEchoes } from '../../websocket/large-message.ts'

const SIZE = 1024 * 1024
const text = textMessage(Buffer.alloc(SIZE, 'BAsd7&jh23'))
const binary = binaryMessage(Buffer.alloc(SIZE, '00fe23faf0', 'hex'))
const CHOP_BYTES = [2048, 1024, 512, 256, 128, 64]

export default {
  title: 'A frame of 1 MiB comes back unchanged whatever its segments’ size, or is refused with 1009',
  level: 'must',
  spec: rfc6455(
    '6.2',
    'To receive WebSocket data, an endpoint listens on the underlying network connection.  Incoming data MUST be parsed as WebSocket frames as defined in Section 5.2.',
  ),
  why: 'A parser that goes over everything collected with each read takes seconds for a slow client’s message.',
  fix: 'Remember where the last read ended, and copy each octet once.',
  covers: [
    { row: 'ws.fr.large-chop', autobahn: ['9.5.1-9.5.6', '9.6.1-9.6.6'], literally: ['9.5.1-9.5.6', '9.6.1-9.6.6'] },
  ],
  needs: ['echo'],
  alone: true,
  run: server =>
    tryLargeEchoes(server, [
      ...CHOP_BYTES.map(split => ({ name: `text in segments of ${split}`, message: text, split })),
      ...CHOP_BYTES.map(split => ({ name: `binary in segments of ${split}`, message: binary, split })),
    ]),
  selfTest: allLargeMessagePeers,
} satisfies WebSocketCheck
