import { switchOn, value } from '../option.ts'
import { oneOf, parseText } from '../units.ts'

/** TLS of the target, as in curl: shared by every command that takes a URL. */
export const tls = {
  title: 'TLS',
  options: {
    insecure: switchOn({ flags: '-k, --insecure', help: 'accept any certificate' }),
    cacert: value({ flags: '--cacert <file>', help: 'trust this certificate authority (PEM)', parse: parseText }),
    cert: value({ flags: '--cert <file>', help: 'client certificate (PEM)', parse: parseText }),
    key: value({ flags: '--key <file>', help: 'key of the client certificate (PEM)', parse: parseText }),
    servername: value({
      flags: '--servername <name>',
      help: 'name to ask for in the handshake (SNI)',
      parse: parseText,
    }),
    tlsMin: value({
      flags: '--tls-min <version>',
      help: 'lowest TLS version: 1.2 or 1.3',
      parse: oneOf(['1.2', '1.3']),
      words: ['1.2', '1.3'],
    }),
  },
} as const
