import { TLS_FILES } from './certificate.ts'
import { runProxy, type RunningProxy } from './run-proxy.ts'

/** One site for each port; `lines` stand before the reverse_proxy, `inside` in it. */
export function runCaddy(
  origin: number,
  sites: { port: number; lines?: string; inside?: string; tls?: boolean }[],
): Promise<RunningProxy> {
  const text = sites
    .map(
      ({ port, lines = '', inside = '', tls = false }) => `${tls ? 'https' : 'http'}://127.0.0.1:${port} {
  ${tls ? 'tls {folder}/cert.pem {folder}/key.pem' : ''}
  ${lines}
  reverse_proxy 127.0.0.1:${origin} {
    ${inside}
  }
}`,
    )
    .join('\n')
  const conf = `{
  admin off
  auto_https disable_redirects
  skip_install_trust
  storage file_system {folder}
}
${text}
`
  const args = ['run', '--config', '{folder}/Caddyfile', '--adapter', 'caddyfile']
  return runProxy(
    'caddy',
    args,
    { Caddyfile: conf, ...TLS_FILES },
    sites.map(({ port }) => port),
  )
}
