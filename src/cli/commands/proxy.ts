import { defineCommand } from '../command.ts'

export default defineCommand({
  group: 'Test an endpoint',
  summary: 'what a proxy does to a stream: buffering, timeouts, headers',
  description: `Finds out what the hops between client and origin do to a stream: hold events back, compress, cut idle connections, strip
headers, answer from a cache. Each finding comes with what to change, and where the origin can mend it that is tried.`,
  arguments: [{ term: '<url>', help: 'http:// or https:// address of an endpoint behind the proxy' }],
  async options() {
    const { PROXY_GROUPS } = await import('../../config/proxy-config.ts')
    const { output } = await import('../../config/options/output.ts')
    return [...PROXY_GROUPS, output]
  },
  examples: [
    ['rtbench proxy https://staging.example.org/events', 'an event stream that emits by itself'],
    [
      'rtbench proxy https://staging.example.org/events --direct http://10.0.0.5:8080/events',
      'the same with and without the proxy',
    ],
    [
      'rtbench proxy http://127.0.0.1:8080/ --origin 127.0.0.1:9000',
      'stand in for the origin at port 9000 that the proxy at 8080 leads to',
    ],
    ['rtbench proxy http://127.0.0.1:8080/ --origin 127.0.0.1:9000 --idle-max 130s', 'with all idle timeouts too'],
  ],
  notes: `With --origin rtbench listens where the proxy expects its origin: stop your own
server, or point the proxy elsewhere. It then sends streams uncompressed, with
gzip and with br, by GET and POST, over HTTP/1.1 and (https:// only) HTTP/2, as
they are, with X-Accel-Buffering: no, with no-transform and with a comment right
behind the head, and measures how long each event was held. It answers only its
own requests.

Without it the times in the events tell how long each was under way, ± what is
not known of the endpoint's clock; that is asked at /time (rtbench serve, on
another machine too, has both).

Classes: STREAM; TIME_COALESCE (held for a time); SIZE_BUFFER (held until a
buffer is full); COMPRESSOR (held only when compressed); UNTIL_CLOSE (held
until the stream ends); HEADERS_HELD (the head waits for the first event).`,
  async prepare({ args, given, readText }) {
    const { resolveProxy } = await import('../../config/proxy-config.ts')
    const config = resolveProxy(args[0], given, readText)
    return async context => {
      const { proxy } = await import('../../index.ts')
      return proxy(config, context)
    }
  },
})
