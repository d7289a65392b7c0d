import { list, switchOn, value } from '../option.ts'
import { parseOrigin } from '../origin.ts'
import { parseCount, parseDuration, parseDurationOrZero, parseSize, parseText } from '../units.ts'
import { parsePort } from '../url.ts'

/** The reference endpoint. */
export const serve = {
  title: 'Endpoint',
  options: {
    host: value({ flags: '--host <address>', help: 'address to listen on (default: 127.0.0.1)', parse: parseText }),
    port: value({
      flags: '--port <n>',
      help: 'port to listen on, 0 for any free one (default: 8080)',
      parse: parsePort,
    }),
    tls: switchOn({ flags: '--tls', help: 'serve wss:// and https:// with a certificate made at the start' }),
    cert: value({ flags: '--cert <file>', help: 'serve TLS with this certificate (PEM)', parse: parseText }),
    key: value({ flags: '--key <file>', help: 'key of the certificate (PEM)', parse: parseText }),
    deflate: switchOn({ flags: '--deflate', help: 'accept permessage-deflate' }),
    tick: value({ flags: '--tick <time>', help: 'interval of the tick streams (default: 1s)', parse: parseDuration }),
    heartbeat: value({
      flags: '--heartbeat <time>',
      help: 'silence before a ping or a comment is sent (default: 15s)',
      parse: parseDuration,
    }),
    hold: value({
      flags: '--hold <time>',
      help: 'how long a poll without news is held (default: 25s)',
      parse: parseDuration,
    }),
    retry: value({
      flags: '--retry <time>',
      help: 'what SSE clients are told to wait before they come back (default: 2s)',
      parse: parseDurationOrZero,
    }),
    history: value({
      flags: '--history <n>',
      help: 'messages kept per channel for those who come back (default: 1000)',
      parse: parseCount,
    }),
    allowOrigin: list({
      flags: '--allow-origin <origin>',
      help: "let pages of this origin in, '*' for all; repeatable",
      parse: parseOrigin,
    }),
    echoDelay: value({
      flags: '--echo-delay <time>',
      help: 'hold every echo back by this much',
      parse: parseDurationOrZero,
    }),
    maxMessage: value({
      flags: '--max-message <bytes>',
      help: 'largest WebSocket message taken (default: 16MiB)',
      parse: parseSize,
    }),
    quiet: switchOn({ flags: '-q, --quiet', help: 'no list of addresses at the start' }),
  },
} as const
