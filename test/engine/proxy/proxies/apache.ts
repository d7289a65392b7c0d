import { runProxy, type RunningProxy } from './run-proxy.ts'

const MODULES = ['mpm_event', 'authz_core', 'headers', 'filter', 'deflate', 'proxy', 'proxy_http', 'proxy_wstunnel']

/** One virtual host for each port, each with its own lines. */
export function runApache(origin: number, hosts: { port: number; lines: string }[]): Promise<RunningProxy> {
  const load = MODULES.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')
  const text = hosts
    .map(
      ({ port, lines }) => `Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
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
    { 'apache.conf': conf },
    hosts.map(({ port }) => port),
  )
}
