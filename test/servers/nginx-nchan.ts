import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { freePort, startProgram } from './external.ts'
import { NCHAN_MODULE } from './installed.ts'

/**
 * nginx with nchan: /sub/NAME over WebSocket, EventSource and long polling, POST /pub/NAME; /echo, a WebSocket with a
 * channel of its own for each connection, so that its messages come back.
 */
export async function startNchan(t: TestContext): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-nchan-'))
  // Started by root, nginx works as somebody else, who writes temporary files here.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const file = path.join(folder, 'nginx.conf')
  writeFileSync(file, configuration(folder, port))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  await startProgram(t, '/usr/sbin/nginx', ['-p', folder, '-c', file, '-e', path.join(folder, 'error.log')], port)
  return `127.0.0.1:${port}`
}

const configuration = (folder: string, port: number) => `
load_module ${NCHAN_MODULE};
daemon off;
worker_processes 1;
worker_rlimit_nofile 8192;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  keepalive_requests 1000000;
  client_max_body_size 16m;
  nchan_message_buffer_length 1000;
  nchan_message_timeout 1m;
  nchan_shared_memory_size 512m;
  server {
    listen 127.0.0.1:${port};
    location ~ ^/sub/(\\w+)$ {
      nchan_subscriber;
      nchan_channel_id $1;
      nchan_subscriber_first_message newest;
    }
    location ~ ^/pub/(\\w+)$ {
      nchan_publisher;
      nchan_channel_id $1;
    }
    location = /echo {
      nchan_pubsub websocket;
      nchan_channel_id echo-$connection;
    }
  }
}
`
