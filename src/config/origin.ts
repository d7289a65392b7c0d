import { UsageError } from './errors.ts'
import { type Parse, quote } from './units.ts'

/** `https://example.org`, as a browser sends it in `Origin`, or `*`. */
export const parseOrigin: Parse<string> = (text, flag) => {
  if (text !== '*' && (!URL.canParse(text) || new URL(text).origin !== text))
    throw new UsageError(`${flag} ${quote(text)} is not an origin: write https://example.org, without a path`)
  return text
}
