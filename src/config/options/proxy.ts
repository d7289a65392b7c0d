import { list, value } from '../option.ts'
import { oneOf, parseDuration } from '../units.ts'
import { parseHostPort, parseTargetUrl } from '../url.ts'

export const PROXY_PARTS = ['buffering', 'upgrade', 'headers', 'poll', 'slow-consumer', 'idle'] as const

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
      flags: '--only <part>',
      help: `${PROXY_PARTS.join(', ')}; repeatable (default: all that need no waiting)`,
      parse: oneOf(PROXY_PARTS),
      words: PROXY_PARTS,
    }),
    idleMax: value({
      flags: '--idle-max <time>',
      help: 'look for idle timeouts up to this; the run then takes as long (with --only idle: 130s)',
      parse: parseDuration,
    }),
  },
} as const
