import { header, headerAll, type ResponseHead } from '../protocol/http1/head.ts'

/** An origin that no server knows. */
export const FOREIGN_ORIGIN = 'https://rtbench.invalid'

/** What an answer says to a browser about one origin (Fetch §4.10). */
export function crossOrigin(head: ResponseHead, origin: string) {
  const values = headerAll(head, 'access-control-allow-origin')
  const credentials = header(head, 'access-control-allow-credentials') === 'true'
  const named = values[0]
  return {
    observed:
      named === undefined
        ? 'no Access-Control-Allow-Origin'
        : `${values.map(value => `Access-Control-Allow-Origin: ${value}`).join(' | ')}${credentials ? ' | with credentials' : ''}`,
    /** It says anything about other origins. */
    speaks: named !== undefined,
    /** A form that no browser takes for any origin. */
    malformed:
      values.length > 1 || (named !== undefined && !/^(\*|null|[a-z][a-z0-9+.-]*:\/\/[^\s,/*]+)$/i.test(named)),
    any: named === '*',
    letsIn: values.length === 1 && (named === '*' || named === origin),
    credentials,
  }
}
