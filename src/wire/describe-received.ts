import { describeCloseCode, parseClosePayload } from '../protocol/websocket/close-code.ts'
import type { Frame } from '../protocol/websocket/frame-reader.ts'
import type { PipeEnd } from './byte-pipe.ts'
import type { Answer } from './http-answer.ts'
import type { Received, ReceivedMessage } from './websocket-peer.ts'

const OPCODE_NAMES: Readonly<Record<number, string>> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
}
const MAX_SHOWN_BYTES = 64

/** `5 bytes 68656c6c6f "hello"`; long ones are cut. */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return '0 bytes'
  const shown = Buffer.from(bytes.subarray(0, MAX_SHOWN_BYTES))
  const more = bytes.length > shown.length ? '…' : ''
  const characters = shown.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.')
  return `${bytes.length} byte${bytes.length === 1 ? '' : 's'} ${shown.toString('hex')}${more} "${characters}${more}"`
}

export function describeEnd(end: PipeEnd): string {
  return end.kind === 'fin' ? 'the connection was ended (FIN)' : `the connection broke (${end.code})`
}

/** Everything about a frame that a check may be about. */
export function describeFrame(frame: Frame): string {
  const flags = [
    frame.fin ? '' : 'FIN=0',
    frame.rsv1 ? 'RSV1' : '',
    frame.rsv2 ? 'RSV2' : '',
    frame.rsv3 ? 'RSV3' : '',
    frame.masked ? 'masked' : '',
  ].filter(flag => flag !== '')
  const name = OPCODE_NAMES[frame.opcode] ?? `opcode ${frame.opcode}`
  const suffix = flags.length === 0 ? '' : ` (${flags.join(', ')})`
  if (frame.oversized) return `${name} frame${suffix} that announces ${frame.declaredLength} bytes`
  if (frame.opcode !== 8) return `${name} frame${suffix}, ${describeBytes(frame.payload)}`
  const close = parseClosePayload(frame.payload)
  if (close.kind === 'empty') return `Close frame${suffix} without a code`
  if (close.kind === 'code') {
    return `Close ${describeCloseCode(close.code)}${suffix}${close.reason === '' ? '' : `, reason ${JSON.stringify(close.reason)}`}`
  }
  return `Close frame${suffix}, ${describeBytes(frame.payload)}`
}

/** One frame, message, end or silence in words. */
export function describeReceived(received: Received | ReceivedMessage): string {
  switch (received.kind) {
    case 'frame':
    case 'close':
      return describeFrame(received.frame)
    case 'message':
      return `${OPCODE_NAMES[received.opcode] ?? `opcode ${received.opcode}`} message, ${describeBytes(received.payload)}`
    case 'ended':
      return `${describeEnd(received.end)}${partial(received.partialBytes)}`
    case 'silence':
      return `nothing within ${Math.round(received.ms)} ms${partial(received.partialBytes)}`
  }
}

/** What came back on a request: its status line and the named fields, or why there is none. */
export function describeAnswer(answer: Answer, fields: readonly string[] = []): string {
  switch (answer.kind) {
    case 'head': {
      const { head } = answer
      const wanted = new Set(fields.map(name => name.toLowerCase()))
      const lines = head.headers.filter(([name]) => wanted.has(name.toLowerCase())).map(field => field.join(': '))
      return [`HTTP/${head.version} ${head.status} ${head.reason}`.trim(), ...lines].join(' | ')
    }
    case 'malformed':
      return `no HTTP response (${answer.reason}): ${describeBytes(answer.bytes)}`
    case 'ended':
      return `${describeEnd(answer.end)} before a response head${partial(answer.bytes.length)}`
    case 'silence':
      return `no response head within ${answer.ms} ms${partial(answer.bytes.length)}`
  }
}

function partial(bytes: number): string {
  return bytes === 0 ? '' : `, after ${bytes} bytes of an unfinished one`
}
