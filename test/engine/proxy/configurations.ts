// Real proxies with the classes that their configuration is known to give a stream.
import { runApache } from './proxies/apache.ts'
import { runCaddy } from './proxies/caddy.ts'
import { runHaproxy } from './proxies/haproxy.ts'
import { nginxHasBrotli, runNginx } from './proxies/nginx.ts'
import { isInstalled, type RunningProxy } from './proxies/run-proxy.ts'
import { runVarnish } from './proxies/varnish.ts'

type Program = 'nginx' | 'haproxy' | 'apache2' | 'caddy' | 'varnishd'

export interface Configuration {
  name: string
  program: Program
  lines: string
  inside?: string
  /** Without compression, with gzip, with br; one word where they are alike. */
  plain: string
  /** The same where the origin sends X-Accel-Buffering: no. */
  accelOff: string
  /** The front speaks TLS; plain and accelOff over HTTP/2. */
  http2?: [plain: string, accelOff: string]
  /** Why it cannot be tried here; null: it can. */
  missing: string | null
}

type Row = [
  name: string,
  lines: string,
  plain: string,
  accelOff: string,
  more?: Pick<Configuration, 'inside' | 'http2'>,
]

const table = (title: string, program: Program, rows: Row[]): Configuration[] =>
  rows.map(([name, lines, plain, accelOff, more]) => ({
    name: `${title}: ${name}`,
    program,
    lines,
    plain: three(plain),
    accelOff: three(accelOff),
    missing: !isInstalled(program)
      ? `${program} is not installed`
      : lines.includes('brotli_types') && !nginxHasBrotli()
        ? 'libnginx-mod-http-brotli-filter is not installed'
        : null,
    ...more,
  }))

export const three = (classes: string): string => (classes.includes(' ') ? classes : `${classes} ${classes} ${classes}`)

const gzip = 'gzip on; gzip_types text/event-stream; gzip_proxied any; gzip_min_length 1;'
const brotli = 'brotli on; brotli_types text/event-stream; brotli_min_length 1;'
const one = 'proxy_http_version 1.1;'
const ignored = 'proxy_ignore_headers X-Accel-Buffering;'
const compression = 'filter compression\n  compression algo gzip\n  compression type text/event-stream'
const pass = 'ProxyPass / http://ORIGIN/'
const flows = { http2: ['STREAM', 'STREAM'] as [string, string] }

export const CONFIGURATIONS: Configuration[] = [
  ...table('nginx', 'nginx', [
    ['default, HTTP/1.0 upstream', '', 'SIZE_BUFFER', 'STREAM'],
    ['1.0, buffering off', 'proxy_buffering off;', 'STREAM', 'STREAM'],
    ['1.0, X-Accel-Buffering ignored', ignored, 'SIZE_BUFFER', 'SIZE_BUFFER'],
    [
      '1.0, buffers of 16k',
      'proxy_buffer_size 16k; proxy_buffers 8 16k; proxy_busy_buffers_size 32k;',
      'SIZE_BUFFER',
      'STREAM',
    ],
    ['1.0, gzip', gzip, 'SIZE_BUFFER COMPRESSOR SIZE_BUFFER', 'STREAM'],
    ['1.0, brotli', brotli, 'SIZE_BUFFER SIZE_BUFFER COMPRESSOR', 'STREAM'],
    ['1.1', one, 'HEADERS_HELD', 'STREAM'],
    ['1.1, buffering off', `${one} proxy_buffering off;`, 'STREAM', 'STREAM'],
    ['1.1, gzip', `${one} ${gzip}`, 'HEADERS_HELD COMPRESSOR HEADERS_HELD', 'STREAM'],
    ['1.1, brotli', `${one} ${brotli}`, 'HEADERS_HELD HEADERS_HELD COMPRESSOR', 'STREAM'],
    ['1.1, buffering off, gzip', `${one} proxy_buffering off; ${gzip}`, 'STREAM', 'STREAM'],
    ['1.1, cache on', `${one} proxy_cache poll; proxy_cache_valid 200 1s;`, 'HEADERS_HELD', 'STREAM'],
    ['1.1, X-Accel-Buffering ignored', `${one} ${ignored}`, 'HEADERS_HELD', 'HEADERS_HELD'],
    // Over TLS and HTTP/2 nginx 1.22 keeps the head until the first octet of the body, buffering or not.
    [
      'TLS and HTTP/2, 1.0 upstream, gzip',
      gzip,
      'SIZE_BUFFER COMPRESSOR SIZE_BUFFER',
      'STREAM',
      { http2: ['SIZE_BUFFER COMPRESSOR SIZE_BUFFER', 'HEADERS_HELD STREAM HEADERS_HELD'] },
    ],
    [
      'TLS and HTTP/2, buffering off',
      `${one} proxy_buffering off;`,
      'STREAM',
      'STREAM',
      { http2: ['HEADERS_HELD', 'HEADERS_HELD'] },
    ],
  ]),
  ...table('HAProxy', 'haproxy', [
    ['default', '', 'TIME_COALESCE', 'TIME_COALESCE'],
    ['http-no-delay', 'option http-no-delay', 'STREAM', 'STREAM'],
    ['compression', compression, 'TIME_COALESCE', 'TIME_COALESCE'],
    ['no-delay, compression', `option http-no-delay\n  ${compression}`, 'STREAM', 'STREAM'],
    ['TCP mode', 'mode tcp', 'STREAM', 'STREAM'],
    ['TLS and HTTP/2, no-delay', 'option http-no-delay', 'STREAM', 'STREAM', flows],
  ]),
  ...table('Apache', 'apache2', [
    ['default', pass, 'STREAM', 'STREAM'],
    ['mod_deflate', `${pass}\n  AddOutputFilterByType DEFLATE text/event-stream`, 'STREAM', 'STREAM'],
    ['mod_brotli', `${pass}\n  AddOutputFilterByType BROTLI_COMPRESS text/event-stream`, 'STREAM', 'STREAM'],
    ['flushpackets=off', `${pass} flushpackets=off`, 'STREAM', 'STREAM'],
    ['flushpackets=on', `${pass} flushpackets=on`, 'STREAM', 'STREAM'],
    ['TLS and HTTP/2', pass, 'STREAM', 'STREAM', flows],
  ]),
  // Caddy compresses events over 512 octets and keeps them until its compressor is full.
  ...table('Caddy', 'caddy', [
    ['default', '', 'STREAM', 'STREAM'],
    ['encode gzip', 'encode gzip', 'STREAM COMPRESSOR STREAM', 'STREAM COMPRESSOR STREAM'],
    ['flush_interval -1', '', 'STREAM', 'STREAM', { inside: 'flush_interval -1' }],
    ['flush_interval 300ms', '', 'STREAM', 'STREAM', { inside: 'flush_interval 300ms' }],
    ['TLS and HTTP/2', '', 'STREAM', 'STREAM', flows],
  ]),
  // Varnish asks for gzip itself and unpacks it for others.
  ...table('Varnish', 'varnishd', [
    ['default', '', 'STREAM', 'STREAM'],
    [
      'do_gzip',
      'set beresp.do_gzip = true;',
      'SIZE_BUFFER COMPRESSOR SIZE_BUFFER',
      'SIZE_BUFFER COMPRESSOR SIZE_BUFFER',
    ],
    ['do_stream = false', 'set beresp.do_stream = false;', 'UNTIL_CLOSE', 'UNTIL_CLOSE'],
  ]),
]

/** Starts what these configurations need, one port for each. */
export async function runConfigurations(
  configurations: readonly Configuration[],
  origin: number,
  ports: readonly number[],
): Promise<RunningProxy[]> {
  const of = (program: Program) =>
    configurations.flatMap((configuration, index) =>
      configuration.program === program
        ? [{ ...configuration, port: ports[index]!, tls: configuration.http2 !== undefined }]
        : [],
    )
  const starts: Promise<RunningProxy>[] = []
  if (of('nginx').length > 0) starts.push(runNginx(origin, of('nginx')))
  if (of('haproxy').length > 0) starts.push(runHaproxy(origin, of('haproxy')))
  if (of('apache2').length > 0) starts.push(runApache(origin, of('apache2')))
  if (of('caddy').length > 0) starts.push(runCaddy(origin, of('caddy')))
  for (const { port, lines } of of('varnishd')) starts.push(runVarnish(origin, port, lines))
  const settled = await Promise.allSettled(starts)
  const running = settled.flatMap(start => (start.status === 'fulfilled' ? [start.value] : []))
  const failed = settled.find(start => start.status === 'rejected')
  if (failed === undefined) return running
  await Promise.all(running.map(proxy => proxy.stop()))
  throw failed.reason
}
