/** What one event says; every part is optional. */
export interface SseMessage {
  data?: string
  event?: string
  id?: string
  retryMs?: number
  comment?: string
}

const LINE_END = /\r\n|\r|\n/

/**
 * One event as wire text. Each line of the data becomes a data line of its own, whatever ends it: a reader joins them
 * by LF, so CR and CRLF in data do not survive, but nothing in the data can start a field.
 */
export function formatSseEvent(message: SseMessage): string {
  let text = ''
  if (message.comment !== undefined) text += formatSseComment(message.comment)
  if (message.event !== undefined) text += `event: ${oneLine('event', message.event)}\n`
  if (message.id !== undefined) text += `id: ${oneLine('id', message.id)}\n`
  if (message.retryMs !== undefined) text += `retry: ${retryDigits(message.retryMs)}\n`
  if (message.data !== undefined) for (const line of message.data.split(LINE_END)) text += `data: ${line}\n`
  return `${text}\n`
}

/** Comment lines, without a blank line: they belong to no event. */
export function formatSseComment(comment: string): string {
  let text = ''
  for (const line of comment.split(LINE_END)) text += line === '' ? ':\n' : `: ${line}\n`
  return text
}

function oneLine(field: string, value: string): string {
  if (/[\r\n]/.test(value)) throw new RangeError(`an SSE ${field} cannot hold a line break`)
  if (field === 'id' && value.includes('\0')) throw new RangeError('an SSE id cannot hold a NUL')
  return value
}

function retryDigits(ms: number): string {
  if (!Number.isSafeInteger(ms) || ms < 0) throw new RangeError(`an SSE retry is a whole number of ms, not ${ms}`)
  return String(ms)
}
