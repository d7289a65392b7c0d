import { TLS_FILES } from './certificate.ts'
import { runProxy, type RunningProxy } from './run-proxy.ts'

/** One proxy section for each port, each with its own lines. */
export function runHaproxy(
  origin: number,
  sections: { port: number; lines: string; tls?: boolean }[],
): Promise<RunningProxy> {
  const text = sections
    .map(
      ({ port, lines, tls = false }) => `listen port${port}
  bind 127.0.0.1:${port}${tls ? ' ssl crt {folder}/both.pem alpn h2,http/1.1' : ''}
  ${lines}
  server origin 127.0.0.1:${origin}`,
    )
    .join('\n\n')
  const conf = `global
  maxconn 2000

defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s

${text}
`
  return runProxy(
    'haproxy',
    ['-db', '-f', '{folder}/haproxy.cfg'],
    { 'haproxy.cfg': conf, ...TLS_FILES },
    sections.map(({ port }) => port),
  )
}
