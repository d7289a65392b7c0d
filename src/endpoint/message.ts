import { isUtf8 } from 'node:buffer'

/** One published message with its encodings; each is made once, whatever the number of subscribers. */
export interface Message {
  readonly id: number
  readonly data: Buffer
  /** False for bytes that are not UTF-8: WebSocket sends them as binary, SSE and polls as base64. */
  readonly isText: boolean
  /** The complete SSE event (HTML §9.2.6). */
  sse(): Buffer
  /** The JSON object of a poll's answer. */
  json(): string
}

/** SSE knows three line ends (HTML §9.2.5): each becomes a data line, so that no payload can open a field of its own. */
const lineEnd = /\r\n|\r|\n/

export function createMessage(id: number, data: Buffer): Message {
  const isText = isUtf8(data)
  let sse: Buffer | undefined
  let json: string | undefined
  return {
    id,
    data,
    isText,
    sse() {
      sse ??= Buffer.from(
        `id: ${id}\n${isText ? textLines(data) : `event: binary\ndata: ${data.toString('base64')}\n`}\n`,
      )
      return sse
    },
    json() {
      json ??= isText
        ? JSON.stringify({ id, data: data.toString() })
        : JSON.stringify({ id, encoding: 'base64', data: data.toString('base64') })
      return json
    },
  }
}

function textLines(data: Buffer): string {
  return data
    .toString()
    .split(lineEnd)
    .map(line => `data: ${line}\n`)
    .join('')
}
