import { parseLocalAddress } from '../addresses.ts'
import { parseCookie, parseHeader, parseSubprotocol, parseUser } from '../headers.ts'
import { list, value } from '../option.ts'
import { oneOf, parseDuration, parseText } from '../units.ts'
import { parseHostPort } from '../url.ts'

/** Whom to talk to and how: shared by every command that takes a URL. */
export const target = {
  title: 'Target',
  options: {
    transport: value({
      flags: '-t, --transport <name>',
      help: 'ws, sse, poll or auto: by the URL, and for http(s) by asking once (default: auto)',
      parse: oneOf(['auto', 'ws', 'sse', 'poll']),
      words: ['auto', 'ws', 'sse', 'poll'],
    }),
    header: list({
      flags: "-H, --header <'K: V'>",
      help: 'add a header to each request; repeatable',
      parse: parseHeader,
      isPair: true,
    }),
    subprotocol: list({
      flags: '--subprotocol <name>',
      help: 'offer a WebSocket subprotocol; repeatable, best first',
      parse: parseSubprotocol,
      transports: ['ws'],
    }),
    cookie: list({ flags: '--cookie <name=value>', help: 'send a cookie; repeatable', parse: parseCookie }),
    user: value({ flags: '--user <name:password>', help: 'HTTP Basic authentication', parse: parseUser }),
    connectTo: value({
      flags: '--connect-to <host:port>',
      help: 'connect there, whatever host the URL names',
      parse: parseHostPort,
    }),
    unixSocket: value({ flags: '--unix-socket <path>', help: 'connect to a Unix socket', parse: parseText }),
    localAddress: list({
      flags: '--local-address <address>',
      help: 'source address, range 127.0.0.11-127.0.0.14 or block 10.0.0.0/24; repeatable',
      parse: parseLocalAddress,
    }),
    timeout: value({
      flags: '--timeout <time>',
      help: 'per handshake and per awaited answer (default: 10s)',
      parse: parseDuration,
    }),
  },
} as const
