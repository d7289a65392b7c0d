import { list, value } from '../option.ts'
import { UsageError } from '../errors.ts'
import { type Parse, parseDuration, quote } from '../units.ts'
import { parseHostPort, parseTargetUrl } from '../url.ts'

export const PROXY_PARTS = ['buffering', 'upgrade', 'headers', 'poll', 'slow-consumer', 'idle'] as const

/** The parts that a name or a pattern such as `slow*` names. */
const parseParts: Parse<(typeof PROXY_PARTS)[number][]> = (text, flag) => {
  const pattern = new RegExp(`^${text.replaceAll(/[^\w*-]/g, '').replaceAll('*', '.*')}$`)
  const parts = PROXY_PARTS.filter(part => pattern.test(part))
  if (parts.length === 0)
    throw new UsageError(`${flag} ${quote(text)} names no part: there are ${PROXY_PARTS.join(', ')}`)
  return parts
}

/** What is between the client and the origin, and where its two ends are. */
export const proxy = {
  title: 'Proxy',
  options: {
    origin: value({
      flags: '--origin <host:port>',
      help: 'listen there as the origin behind the proxy: both ends are measured on one clock',
      parse: parseHostPort,
    }),
    direct: value({
      flags: '--direct <url>',
      help: 'the same endpoint without the proxy, to compare with',
      parse: parseTargetUrl,
    }),
    only: list({
      flags: '--only <glob>',
      help: `${PROXY_PARTS.join(', ')}; repeatable (default: all that need no waiting)`,
      parse: parseParts,
    }),
    idleMax: value({
      flags: '--idle-max <time>',
      help: 'look for idle timeouts up to this; the run then takes as long (with --only idle: 130s)',
      parse: parseDuration,
    }),
  },
} as const
