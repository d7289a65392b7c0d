import { UsageError } from './errors.ts'
import type { ValuesOf } from './option.ts'
import type { message } from './options/message.ts'
import type { MessageConfig } from './run-config.ts'

const USUAL_BYTES = 64

/** What a message consists of; text and size are independent unless the text would not fit. */
export function resolveMessage({ message: text, size, binary }: ValuesOf<typeof message>): MessageConfig {
  if (text !== undefined && text.split('{{mark}}').length > 2)
    throw new UsageError('--message has {{mark}} more than once: it carries one sequence mark', 'message')
  const bytes = Buffer.byteLength((text ?? '').replace('{{mark}}', ''), 'utf8')
  if (size !== undefined && size < bytes)
    throw new UsageError(`--size ${size}B is less than the ${bytes} bytes of --message`, 'size')
  return { text: text ?? null, size: size ?? (text === undefined ? USUAL_BYTES : 0), binary }
}
