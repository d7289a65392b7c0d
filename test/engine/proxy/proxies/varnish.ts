import { runProxy, type RunningProxy } from './run-proxy.ts'

/** One Varnish; `lines` stand in vcl_backend_response, `receive` in vcl_recv. */
export function runVarnish(origin: number, port: number, lines = '', receive = ''): Promise<RunningProxy> {
  const vcl = `vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "${origin}"; }
sub vcl_recv { ${receive} }
sub vcl_backend_response { ${lines} }
`
  const args = [
    '-F',
    '-n',
    '{folder}/work',
    '-f',
    '{folder}/default.vcl',
    '-a',
    `127.0.0.1:${port}`,
    '-s',
    'malloc,32m',
  ]
  args.push('-p', 'thread_pools=1', '-p', 'thread_pool_min=60', '-j', 'none')
  return runProxy('varnishd', args, { 'default.vcl': vcl }, [port])
}
