import { existsSync } from 'node:fs'
import { TLS_FILES } from './certificate.ts'
import { runProxy, type RunningProxy } from './run-proxy.ts'

const BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so'

export const nginxHasBrotli = (): boolean => existsSync(BROTLI)

/** One server for each port, each with its own lines in `location /`. */
export function runNginx(
  origin: number,
  servers: { port: number; lines: string; tls?: boolean }[],
): Promise<RunningProxy> {
  const text = servers
    .map(
      ({ port, lines, tls = false }) => `server {
    listen 127.0.0.1:${port}${tls ? ' ssl http2' : ''};
    location / {
      proxy_pass http://127.0.0.1:${origin};
      ${lines}
    }
  }`,
    )
    .join('\n  ')
  const conf = `${nginxHasBrotli() ? `load_module ${BROTLI};` : ''}
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events { worker_connections 2048; }
http {
  access_log off;
  ssl_certificate {folder}/cert.pem;
  ssl_certificate_key {folder}/key.pem;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=poll:1m;
  ${text}
}
`
  const args = ['-p', '{folder}', '-c', '{folder}/nginx.conf', '-e', '{folder}/error.log']
  return runProxy(
    'nginx',
    args,
    { 'nginx.conf': conf, ...TLS_FILES },
    servers.map(({ port }) => port),
  )
}
