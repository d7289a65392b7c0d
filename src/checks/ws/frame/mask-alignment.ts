import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { binaryMessage, tryEchoes } from '../../websocket/echo.ts'

const HEADER_BYTES = 8
const message = binaryMessage(Uint8Array.from({ length: 300 }, (_, index) => index & 0xff))
const mask = Buffer.from('37fa213d', 'hex')
const offsets = [0, 1, 2, 3]

export default {
  title: 'Unmasking goes on at the right octet of the key after a break of any length',
  level: 'must',
  spec: rfc6455(
    '5.3',
    'Octet i of the transformed data ("transformed-octet-i") is the XOR of octet i of the original data ("original-octet-i") with octet at index i modulo 4 of the masking key ("masking-key-octet-j")',
  ),
  why: 'A server that unmasks each read from the beginning of the key damages frames only when they arrive in pieces not divisible by four.',
  fix: 'Count the payload octets over the whole frame, not over the read.',
  covers: [{ row: 'ws.fr.mask-align' }],
  needs: ['echo'],
  run: server =>
    tryEchoes(
      server,
      offsets.map(offset => ({
        name: `segments end ${offset} octets into the key`,
        message,
        frames: [{ ...message, mask }],
        split: [HEADER_BYTES + 16 + offset, HEADER_BYTES + 96 + 2 * offset],
        pauseMs: 5,
      })),
    ),
  selfTest: {
    passes: { 'unmasks right': webSocketServer() },
    fails: {
      'begins the key anew with each read': {
        peer: webSocketServer({
          message(side, opcode, payload) {
            const broken = Buffer.from(payload)
            for (let at = 17; at < 98; at += 1) broken[at]! ^= mask[at % 4]! ^ mask[(at - 17) % 4]!
            side.message(opcode, broken)
          },
        }),
        says: 'another octet than sent at offset 17',
      },
    },
  },
} satisfies WebSocketCheck
