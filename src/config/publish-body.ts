import { UsageError } from './errors.ts'
import { type Parse, quote } from './units.ts'

/** A template of a publishing request's body: it must carry the message, or nothing could be found again. */
export const parsePublishBody: Parse<string> = (text, flag) => {
  if (!text.includes('{{message}}'))
    throw new UsageError(`${flag} ${quote(text)} has no {{message}}: write e.g. '{"data": "{{message}}"}'`)
  return text
}
