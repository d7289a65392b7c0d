import type { Recipe } from './recipe.ts'

const nginx: Recipe = {
  title: 'nginx',
  fingerprints: [{ header: 'server', pattern: /^nginx/i }],
  defaults: [
    'before 1.29.7 it speaks HTTP/1.0 to the origin and then collects the answer in pages of 4 KiB, or until it ends',
    'with HTTP/1.1 to the origin and proxy_buffering on, events pass at once but the head waits for the first of them',
    'over TLS with HTTP/2 the head waits for the first octet of the body, buffering or not (1.22.1)',
    'proxy_read_timeout 60s; Upgrade is not passed on unless it is configured; a slow client is spooled to disk up to 1 GB',
  ],
  timeouts: [{ seconds: 60, what: 'proxy_read_timeout' }],
  remedies: {
    buffering: ['proxy_http_version 1.1;', 'proxy_buffering off;'],
    compression: ['gzip off;', 'proxy_buffering off;'],
    'headers-held': ['proxy_buffering off; (over TLS with HTTP/2 only an octet from the origin frees the head)'],
    idle: ['proxy_read_timeout 1h;', 'proxy_send_timeout 1h;'],
    upgrade: [
      'proxy_http_version 1.1;',
      'proxy_set_header Upgrade $http_upgrade;',
      'proxy_set_header Connection "upgrade";',
    ],
    'header-dropped': ['proxy_set_header {name} ${variable};'],
    cache: ['proxy_cache off;'],
    'slow-consumer': ['proxy_buffering off;', 'proxy_max_temp_file_size 0;'],
  },
  source: 'nginx documentation, ngx_http_proxy_module; src/event/ngx_event_pipe.c',
  basis: 'tested',
}

export default nginx
