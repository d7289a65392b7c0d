import type { Recipe } from './recipe.ts'

const varnish: Recipe = {
  title: 'Varnish',
  fingerprints: [
    { header: 'x-varnish', pattern: /./ },
    { header: 'via', pattern: /varnish/i },
  ],
  defaults: [
    'streams unless do_gzip or do_stream=false is set; then events wait for the compressor or for the end',
    'first_byte_timeout, between_bytes_timeout and pipe_timeout 60 s; GET answers may be cached',
  ],
  timeouts: [{ seconds: 60, what: 'between_bytes_timeout or pipe_timeout' }],
  remedies: {
    buffering: ['set beresp.do_stream = true;', 'set beresp.do_gzip = false;'],
    compression: ['set beresp.do_gzip = false;'],
    idle: ['in vcl_recv: return (pipe);', 'varnishd -p pipe_timeout=3600'],
    upgrade: [
      'if (req.http.upgrade ~ "(?i)websocket") { return (pipe); }',
      'in vcl_pipe: set bereq.http.upgrade = req.http.upgrade; set bereq.http.connection = req.http.connection;',
    ],
    'header-dropped': ['remove the line: unset bereq.http.{name};'],
    cache: ['in vcl_recv: return (pass);'],
    'slow-consumer': ['in vcl_recv: return (pipe);'],
  },
  source: 'Varnish documentation, VCL and run-time parameters',
  basis: 'tested',
}

export default varnish
