import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { largeMessagePeers } from '../../peers/large-message-peers.ts'
import { binaryMessage, type EchoCase, textMessage } from '../../websocket/echo.ts'
import { fragments } from '../../websocket/fragments.ts'
import { tryLargeEchoes } from '../../websocket/large-message.ts'

const SIZE = 4 * 1024 * 1024
const FRAGMENT_BYTES = [SIZE, 1_048_576, 262_144, 65_536, 16_384, 4096, 1024, 256, 64]

function cases(): EchoCase[] {
  const text = textMessage(Buffer.alloc(SIZE, 'BAsd7&jh23'))
  const binary = binaryMessage(Buffer.alloc(SIZE, '00fe80ffc3', 'hex'))
  return [text, binary].flatMap((message, index) =>
    // The smallest fragments cost the most, and what they show does not depend on the opcode.
    FRAGMENT_BYTES.slice(0, index === 0 ? undefined : -2).map(bytes => ({
      name: `${index === 0 ? 'text' : 'binary'} in fragments of ${bytes} bytes`,
      message,
      // Made when it is its turn: all of them together would be 80 MB.
      get frames() {
        return fragments(message, bytes)
      },
    })),
  )
}

export default {
  title: 'A message of 4 MiB comes back unchanged whatever its fragments’ size, or is refused with 1009',
  level: 'must',
  spec: rfc6455('5.4', 'Message fragments MUST be delivered to the recipient in the order sent by the sender.'),
  why: 'Joining by copying all that came before takes time that grows with the square of the number of fragments.',
  fix: 'Collect the fragments in a list or a growing buffer and join once.',
  // Not Autobahn's octets: it repeats one, which would hide fragments that were joined in another order.
  covers: [{ row: 'ws.fr.large-frag', autobahn: ['9.3.1-9.3.9', '9.4.1-9.4.9'] }],
  needs: ['echo'],
  alone: true,
  run: server => tryLargeEchoes(server, cases()),
  selfTest: largeMessagePeers,
} satisfies WebSocketCheck
