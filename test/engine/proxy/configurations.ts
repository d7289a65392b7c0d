// Real proxies with the class that their configuration is known to give a stream.
import type { PathClass } from '../../../src/engine/proxy/classify/classify-path.ts'
import { runApache } from './proxies/apache.ts'
import { runCaddy } from './proxies/caddy.ts'
import { runHaproxy } from './proxies/haproxy.ts'
import { runNginx } from './proxies/nginx.ts'
import type { RunningProxy } from './proxies/run-proxy.ts'
import { runVarnish } from './proxies/varnish.ts'

type Kind = PathClass['kind']

export interface Configuration {
  name: string
  program: 'nginx' | 'haproxy' | 'apache2' | 'caddy' | 'varnishd'
  lines: string
  inside?: string
  /** By GET without and with gzip. */
  identity: Kind
  gzip: Kind
  /** With X-Accel-Buffering: no from the origin, gzip too. */
  accelOff: Kind
}

const NGINX_GZIP = 'gzip on; gzip_types text/event-stream; gzip_proxied any; gzip_min_length 1;'
const one = 'proxy_http_version 1.1;'

const nginx = (name: string, lines: string, identity: Kind, gzip: Kind, accelOff: Kind): Configuration => ({
  name: `nginx: ${name}`,
  program: 'nginx',
  lines,
  identity,
  gzip,
  accelOff,
})

export const CONFIGURATIONS: Configuration[] = [
  nginx('default, HTTP/1.0 upstream', '', 'SIZE_BUFFER', 'SIZE_BUFFER', 'STREAM'),
  nginx('1.0, buffering off', 'proxy_buffering off;', 'STREAM', 'STREAM', 'STREAM'),
  nginx(
    '1.0, X-Accel-Buffering ignored',
    'proxy_ignore_headers X-Accel-Buffering;',
    'SIZE_BUFFER',
    'SIZE_BUFFER',
    'SIZE_BUFFER',
  ),
  nginx(
    '1.0, buffers of 16k',
    'proxy_buffer_size 16k; proxy_buffers 8 16k; proxy_busy_buffers_size 32k;',
    'SIZE_BUFFER',
    'SIZE_BUFFER',
    'STREAM',
  ),
  nginx('1.0, gzip', NGINX_GZIP, 'SIZE_BUFFER', 'COMPRESSOR', 'STREAM'),
  nginx('1.1', one, 'HEADERS_HELD', 'HEADERS_HELD', 'STREAM'),
  nginx('1.1, buffering off', `${one} proxy_buffering off;`, 'STREAM', 'STREAM', 'STREAM'),
  nginx('1.1, gzip', `${one} ${NGINX_GZIP}`, 'HEADERS_HELD', 'COMPRESSOR', 'STREAM'),
  nginx('1.1, buffering off, gzip', `${one} proxy_buffering off; ${NGINX_GZIP}`, 'STREAM', 'STREAM', 'STREAM'),
  nginx(
    '1.1, cache on',
    `${one} proxy_cache poll; proxy_cache_valid 200 1s;`,
    'HEADERS_HELD',
    'HEADERS_HELD',
    'STREAM',
  ),
  nginx(
    '1.1, X-Accel-Buffering ignored',
    `${one} proxy_ignore_headers X-Accel-Buffering;`,
    'HEADERS_HELD',
    'HEADERS_HELD',
    'HEADERS_HELD',
  ),
  ...(
    [
      ['default', '', 'TIME_COALESCE', 'TIME_COALESCE', 'TIME_COALESCE'],
      ['http-no-delay', 'option http-no-delay', 'STREAM', 'STREAM', 'STREAM'],
      [
        'compression',
        'filter compression\n  compression algo gzip\n  compression type text/event-stream',
        'TIME_COALESCE',
        'TIME_COALESCE',
        'TIME_COALESCE',
      ],
      [
        'no-delay, compression',
        'option http-no-delay\n  filter compression\n  compression algo gzip\n  compression type text/event-stream',
        'STREAM',
        'STREAM',
        'STREAM',
      ],
      ['TCP mode', 'mode tcp', 'STREAM', 'STREAM', 'STREAM'],
    ] as [string, string, Kind, Kind, Kind][]
  ).map(([name, lines, identity, gzip, accelOff]) => ({
    name: `HAProxy: ${name}`,
    program: 'haproxy' as const,
    lines,
    identity,
    gzip,
    accelOff,
  })),
  ...[
    ['default', 'ProxyPass / http://ORIGIN/'],
    ['mod_deflate', 'ProxyPass / http://ORIGIN/\n  AddOutputFilterByType DEFLATE text/event-stream'],
    ['flushpackets=off', 'ProxyPass / http://ORIGIN/ flushpackets=off'],
    ['flushpackets=on', 'ProxyPass / http://ORIGIN/ flushpackets=on'],
  ].map(([name, lines]) => ({
    name: `Apache: ${name}`,
    program: 'apache2' as const,
    lines: lines!,
    identity: 'STREAM' as const,
    gzip: 'STREAM' as const,
    accelOff: 'STREAM' as const,
  })),
  ...[
    ['default', '', ''],
    ['encode gzip', 'encode gzip', ''],
    ['flush_interval -1', '', 'flush_interval -1'],
    ['flush_interval 300ms', '', 'flush_interval 300ms'],
  ].map(([name, lines, inside]) => ({
    name: `Caddy: ${name}`,
    program: 'caddy' as const,
    lines: lines!,
    inside: inside!,
    identity: 'STREAM' as const,
    // Caddy compresses events over 512 octets and keeps them until its compressor is full.
    gzip: lines === '' ? ('STREAM' as const) : ('COMPRESSOR' as const),
    accelOff: lines === '' ? ('STREAM' as const) : ('COMPRESSOR' as const),
  })),
  ...(
    [
      ['default', '', 'STREAM', 'STREAM', 'STREAM'],
      ['do_gzip', 'set beresp.do_gzip = true;', 'SIZE_BUFFER', 'COMPRESSOR', 'COMPRESSOR'],
      ['do_stream = false', 'set beresp.do_stream = false;', 'UNTIL_CLOSE', 'UNTIL_CLOSE', 'UNTIL_CLOSE'],
    ] as [string, string, Kind, Kind, Kind][]
  ).map(([name, lines, identity, gzip, accelOff]) => ({
    name: `Varnish: ${name}`,
    program: 'varnishd' as const,
    lines,
    identity,
    gzip,
    accelOff,
  })),
]

/** Starts what these configurations need, one port for each. */
export async function runConfigurations(
  configurations: readonly Configuration[],
  origin: number,
  ports: readonly number[],
): Promise<RunningProxy[]> {
  const of = (program: Configuration['program']) =>
    configurations.flatMap((configuration, index) =>
      configuration.program === program ? [{ ...configuration, port: ports[index]! }] : [],
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
