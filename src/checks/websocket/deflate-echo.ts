import { maskedFrames } from '../../wire/websocket-peer.ts'
import type { Verdict } from '../verdict.ts'
import type { DataKind } from './compressible.ts'
import { dataSizes } from './compressible.ts'
import type { DeflateConnection } from './deflate-connection.ts'
import { pass } from '../verdict.ts'
import { fragments } from './fragments.ts'

const ROUNDS = 2

/** Messages of every size, whole and fragmented, on one connection; each must come back. */
export async function echoEverySize(connection: DeflateConnection, kind: DataKind): Promise<Verdict> {
  for (const [size, fragmentBytes] of dataSizes) {
    const message = kind.message(size)
    for (let round = 0; round < ROUNDS; round += 1) {
      const whole = connection.compressed(message)
      const payload = Buffer.from(whole.payload!)
      const frames = fragmentBytes === 0 ? [whole] : fragments({ opcode: message.opcode, payload }, fragmentBytes)
      frames[0] = { ...frames[0]!, rsv1: true }
      connection.socket.sendBytes(maskedFrames(frames))
      const verdict = await connection.awaitEcho(message)
      if (verdict.kind !== 'pass' && 'observed' in verdict) {
        return {
          ...verdict,
          observed: `${verdict.observed} for ${size} bytes in fragments of ${fragmentBytes || size}`,
        }
      }
    }
  }
  return pass()
}
