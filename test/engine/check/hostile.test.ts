import { startServer } from '../../servers/start.ts'
import { checkUnfriendly, hostile, type Unfriendly, type UnfriendlyCase } from './unfriendly.ts'

const webPage: Unfriendly = async t => (await startServer(t, 'web-page')).host
const fails = (
  what: string,
  at: Unfriendly,
  transport: UnfriendlyCase['transport'],
  says: RegExp,
  only?: string[],
): UnfriendlyCase => ({ what, at, transport, code: 1, says, ...(only !== undefined && { only }) })

checkUnfriendly('a hostile server is checked in bounded memory, and fails', [
  fails('a plain web page', webPage, 'ws', /^ws\.handshake\.status$/m),
  fails('a plain web page', webPage, 'sse', /^sse\.headers\.content-type$/m, ['sse.headers.*']),
  fails('a header of 1 GiB', hostile('endless-header'), 'ws', /^ws\.handshake\.status$/),
  fails('header lines without end', hostile('endless-headers'), 'poll', /^poll\.status$/m),
  fails('resets at random', hostile('resets-at-random'), 'ws', /^ws\./m, ['ws.handshake.*', 'ws.close.*']),
  fails('an event line without end', hostile('endless-event-line'), 'sse', /^sse\.format\.dispatch$/m, [
    'sse.format.dispatch',
    'sse.headers.status',
  ]),
  fails('fragments without end', hostile('endless-fragments'), 'ws', /^ws\.ping\./m),
  fails('empty fragments without end', hostile('endless-empty-fragments'), 'ws', /^ws\./m, [
    'ws.handshake.status',
    'ws.close.*',
  ]),
  fails('chunks without end', hostile('endless-chunks'), 'poll', /^poll\.hold$/m, ['poll.status', 'poll.hold']),
])
