import { runProxy, type RunningProxy } from './run-proxy.ts'

/** One server for each port, each with its own lines in `location /`. */
export function runNginx(origin: number, servers: { port: number; lines: string }[]): Promise<RunningProxy> {
  const text = servers
    .map(
      ({ port, lines }) => `server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${origin};
      ${lines}
    }
  }`,
    )
    .join('\n  ')
  const conf = `daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events { worker_connections 2048; }
http {
  access_log off;
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
    { 'nginx.conf': conf },
    servers.map(({ port }) => port),
  )
}
