import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { largeMessagePeers } from '../../peers/large-message-peers.ts'
import type { EchoCase } from '../../websocket/echo.ts'
import { tryLargeEchoes } from '../../websocket/large-message.ts'

const KIB = 1024
const SIZES = [64, 256, 1024, 4096, 8192, 16_384]

function cases(): EchoCase[] {
  const longest = Math.max(...SIZES) * KIB
  const text = Buffer.alloc(longest, 'BAsd7&jh23')
  const binary = Buffer.alloc(longest, '00fe23faf0', 'hex')
  return SIZES.flatMap(size => [
    { name: `text of ${size} KiB`, message: { opcode: OPCODE.text, payload: text.subarray(0, size * KIB) } },
    { name: `binary of ${size} KiB`, message: { opcode: OPCODE.binary, payload: binary.subarray(0, size * KIB) } },
  ])
}

export default {
  title: 'Messages of 64 KiB to 16 MiB come back unchanged or are refused with 1009',
  level: 'must',
  spec: rfc6455(
    '10.4',
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  ),
  why: 'A limit is good, a silent one is not: the client sees a broken connection, tries again and sends the same message.',
  fix: 'Set the largest message on purpose and close with 1009 beyond it.',
  covers: [
    { row: 'ws.fr.large-text', autobahn: ['9.1.1-9.1.6'], literally: ['9.1.1-9.1.6'] },
    { row: 'ws.fr.large-bin', autobahn: ['9.2.1-9.2.6'], literally: ['9.2.1-9.2.6'] },
  ],
  needs: ['echo'],
  alone: true,
  run: server => tryLargeEchoes(server, cases()),
  selfTest: largeMessagePeers,
} satisfies WebSocketCheck
