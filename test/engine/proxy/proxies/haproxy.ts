import { runProxy, type RunningProxy } from './run-proxy.ts'

/** One proxy section for each port, each with its own lines. */
export function runHaproxy(origin: number, sections: { port: number; lines: string }[]): Promise<RunningProxy> {
  const text = sections
    .map(
      ({ port, lines }) => `listen port${port}
  bind 127.0.0.1:${port}
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
    { 'haproxy.cfg': conf },
    sections.map(({ port }) => port),
  )
}
