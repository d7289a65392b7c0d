import { TLS_FILES } from './certificate.ts'
import { runProxy, type RunningProxy } from './run-proxy.ts'

const MODULES =
  'mpm_event authz_core headers filter deflate brotli proxy proxy_http proxy_wstunnel socache_shmcb ssl http2'.split(
    ' ',
  )
const TLS = `SSLEngine on
  SSLCertificateFile {folder}/cert.pem
  SSLCertificateKeyFile {folder}/key.pem
  Protocols h2 http/1.1`

/** One virtual host for each port, each with its own lines. */
export function runApache(
  origin: number,
  hosts: { port: number; lines: string; tls?: boolean }[],
): Promise<RunningProxy> {
  const load = MODULES.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')
  const text = hosts
    .map(
      ({ port, lines, tls = false }) => `Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
  ${tls ? TLS : ''}
  ${lines.replaceAll('ORIGIN', `127.0.0.1:${origin}`)}
</VirtualHost>`,
    )
    .join('\n')
  const conf = `ServerRoot {folder}
ServerName localhost
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
DefaultRuntimeDir {folder}
User www-data
Group www-data
${load}
ThreadsPerChild 64
MaxRequestWorkers 256
${text}
`
  return runProxy(
    'apache2',
    ['-f', '{folder}/apache.conf', '-DFOREGROUND'],
    { 'apache.conf': conf, ...TLS_FILES },
    hosts.map(({ port }) => port),
  )
}
