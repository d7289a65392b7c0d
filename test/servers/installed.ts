import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Why a server that is not part of this repository cannot be used; null where it can. */
export function missing(needed: 'nginx-nchan' | 'python3-websockets' | 'libwebsockets-test-server'): string | null {
  if (needed === 'python3-websockets') {
    // Debian's own Python, whatever other one is first on PATH.
    const found = spawnSync('/usr/bin/python3', ['-c', 'import websockets']).status === 0
    return found ? null : 'python3-websockets is not installed'
  }
  if (needed === 'libwebsockets-test-server') {
    return existsSync('/usr/bin/libwebsockets-test-server') ? null : 'libwebsockets-test-server is not installed'
  }
  if (!existsSync('/usr/sbin/nginx')) return 'nginx is not installed'
  return existsSync(NCHAN_MODULE) ? null : 'libnginx-mod-nchan is not installed'
}

export const NCHAN_MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so'
