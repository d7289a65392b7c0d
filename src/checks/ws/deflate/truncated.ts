import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'
import { commit } from '../../websocket/violation.ts'

const cases = [
  { name: 'cut within a fixed block', payload: Buffer.from('f248cdc9', 'hex') },
  { name: 'cut within a stored block', payload: Buffer.from('000500faff4865', 'hex') },
]

export default {
  title: 'What becomes of a compressed message whose last block is cut short',
  level: 'info',
  spec: rfc7692(
    '7.2.1',
    'If the resulting data does not end with an empty DEFLATE block with no compression (the "BTYPE" bits are set to 00), append an empty DEFLATE block with no compression to the tail end.',
  ),
  why: 'zlib waits for more instead of reporting an error: servers deliver the part, deliver nothing, or fail the connection.',
  fix: 'Compare what the inflater has consumed with what it was given, and fail with 1007 where the last block is open.',
  covers: [{ row: 'ws.pmd.truncated' }],
  needs: ['echo', 'deflate'],
  run: server =>
    tryCases(cases, async ({ name, payload }) => {
      const frames = [{ opcode: OPCODE.text, rsv1: true, payload }]
      return info((await commit(server, { name, frames, extensions: 'permessage-deflate' })).observed)
    }),
  selfTest: {
    infos: {
      'delivers the part': {
        peer: webSocketServer({ frame: (one, side) => one.rsv1 && (side.text('Hel'), true) }),
        says: 'text frame',
      },
      fails: {
        peer: webSocketServer({ frame: (one, side) => one.rsv1 && (side.close(1007), true) }),
        says: 'cut within a fixed block: Close 1007',
      },
    },
  },
} satisfies WebSocketCheck
