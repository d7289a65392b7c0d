import { formatDeflate } from '../protocol/websocket/deflate-parameters.ts'
import { newKey, upgradeRequest } from '../protocol/websocket/handshake-request.ts'
import type { DialTarget } from '../wire/dial.ts'
import type { RequestParts } from './transport.ts'

export const DEFLATE_OFFER = formatDeflate({ clientMaxWindowBits: true })

const KEY_FIELD = 'Sec-WebSocket-Key: '

/** The opening handshakes of one worker: put together once per target, they differ in the key alone. */
export class UpgradeRequests {
  private readonly parts: RequestParts
  private to: DialTarget | null = null
  private template: Buffer = Buffer.alloc(0)
  private keyAt = 0

  constructor(parts: RequestParts) {
    this.parts = parts
  }

  bytes(to: DialTarget, key: string): Buffer {
    if (to !== this.to) {
      const { subprotocols, headers, deflate } = this.parts
      this.template = upgradeRequest({
        target: to.requestTarget,
        host: to.authority,
        key: newKey(),
        subprotocols,
        headers,
        ...(deflate && { extensions: DEFLATE_OFFER }),
      })
      this.keyAt = this.template.indexOf(`\r\n${KEY_FIELD}`) + 2 + KEY_FIELD.length
      this.to = to
    }
    const request = Buffer.from(this.template)
    request.write(key, this.keyAt, 'latin1')
    return request
  }
}
