import { freePort } from '../../servers/external.ts'
import { checkUnfriendly, hostile, type UnfriendlyCase } from './unfriendly.ts'

const transports = ['ws', 'sse', 'poll'] as const
const closedPort = async () => `127.0.0.1:${await freePort()}`

checkUnfriendly('what never answers cannot be reached', [
  ...transports.map((transport): UnfriendlyCase => ({
    what: 'a closed port',
    at: closedPort,
    transport,
    code: 4,
    says: /^connection refused: nothing listens on 127/,
  })),
  ...transports.map((transport): UnfriendlyCase => ({
    what: 'accepts and never answers',
    at: hostile('silent'),
    transport,
    code: 4,
    says: /connections are accepted, but nothing is ever answered/,
  })),
  {
    what: 'a proxy whose origin hangs',
    at: hostile('silent-to-requests'),
    transport: 'poll',
    code: 4,
    says: /no request was answered/,
    only: ['poll.status', 'poll.hold'],
  },
])
