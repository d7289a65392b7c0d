import { runProxy, type RunningProxy } from './run-proxy.ts'

/** One site for each port; `lines` stand before the reverse_proxy, `inside` in it. */
export function runCaddy(
  origin: number,
  sites: { port: number; lines?: string; inside?: string }[],
): Promise<RunningProxy> {
  const text = sites
    .map(
      ({ port, lines = '', inside = '' }) => `http://127.0.0.1:${port} {
  ${lines}
  reverse_proxy 127.0.0.1:${origin} {
    ${inside}
  }
}`,
    )
    .join('\n')
  const conf = `{
  admin off
  auto_https off
  storage file_system {folder}
}
${text}
`
  const args = ['run', '--config', '{folder}/Caddyfile', '--adapter', 'caddyfile']
  return runProxy(
    'caddy',
    args,
    { Caddyfile: conf },
    sites.map(({ port }) => port),
  )
}
