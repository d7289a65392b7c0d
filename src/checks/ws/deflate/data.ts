import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { skip } from '../../verdict.ts'
import { dataKinds } from '../../websocket/compressible.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'
import { echoEverySize } from '../../websocket/deflate-echo.ts'

export default {
  title: 'Compressed messages of every kind and size are received whole',
  level: 'must',
  spec: rfc7692(
    '6.2',
    'An endpoint MUST use the following algorithm to receive a message in the form of a compressed message. 1.  Concatenate the payload data portion of the received frames of the compressed message. […] 2.  Decompress the concatenation by following the decompression procedure of the PMCE.',
  ),
  why: 'Errors of the window show only with the second message, with fragments, or beyond 32 KiB.',
  fix: 'Feed the payloads of all fragments to one inflater, append 00 00 ff ff at the end of each message, keep the window.',
  // Autobahn's sizes and fragments. Its octets are files of others, of megabytes: ours are made of the same kinds.
  covers: [
    {
      row: 'ws.pmd.data',
      autobahn: [
        '12.1.1-12.1.18',
        '12.2.1-12.2.18',
        '12.3.1-12.3.18',
        '12.4.1-12.4.18',
        '12.5.1-12.5.18',
        '13.1.1-13.1.18',
      ],
    },
  ],
  needs: ['echo', 'deflate'],
  run: server =>
    tryCases(dataKinds, async kind => {
      const connection = await connectDeflate(server)
      if (connection === null) return skip('it declines a plain offer')
      const verdict = await echoEverySize(connection, kind)
      connection.socket.finish()
      return verdict
    }),
  selfTest: {
    passes: {
      'inflates them': webSocketServer(),
      'answers uncompressed': webSocketServer({
        message: (side, opcode, payload) => side.send({ opcode, payload }),
      }),
    },
    fails: {
      'sends back what it does not inflate': {
        peer: webSocketServer({
          frame: (frame, side) => (side.send({ opcode: frame.opcode, fin: frame.fin, payload: frame.payload }), true),
        }),
        says: 'for 16 bytes',
      },
      'cuts at 64 KiB': {
        peer: webSocketServer({
          message: (side, opcode, payload) => side.message(opcode, payload.subarray(0, 65_536)),
        }),
        says: 'for 131072 bytes',
      },
      'cannot deflate': webSocketServer({
        message: (side, opcode) => side.send({ opcode, rsv1: true, payload: Buffer.from('ffff', 'hex') }),
      }),
    },
    skips: { declines: webSocketServer({ deflate: false }) },
  },
} satisfies WebSocketCheck
