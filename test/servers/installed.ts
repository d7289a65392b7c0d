import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export const PROGRAMS = {
  'libwebsockets-test-server': '/usr/bin/libwebsockets-test-server',
  nginx: '/usr/sbin/nginx',
  haproxy: '/usr/sbin/haproxy',
  caddy: '/usr/bin/caddy',
  'libhdrhistogram-java': '/usr/share/java/hdrhistogram.jar',
  tshark: '/usr/bin/tshark',
} as const
const PYTHON_MODULES = {
  'python3-websockets': 'websockets',
  'python3-tornado': 'tornado',
  'python3-aiohttp': 'aiohttp',
  'python3-prometheus-client': 'prometheus_client',
} as const

export type Needed = keyof typeof PROGRAMS | keyof typeof PYTHON_MODULES | 'nginx-nchan'

/** Why a program that is not part of this repository cannot be used; null where it can. */
export function missing(needed: Needed): string | null {
  if (needed === 'nginx-nchan')
    return missing('nginx') ?? (existsSync(NCHAN_MODULE) ? null : 'libnginx-mod-nchan is not installed')
  const found =
    needed in PYTHON_MODULES
      ? // Debian's own Python, whatever other one is first on PATH.
        spawnSync(PYTHON, ['-c', `import ${PYTHON_MODULES[needed as keyof typeof PYTHON_MODULES]}`]).status === 0
      : existsSync(PROGRAMS[needed as keyof typeof PROGRAMS])
  return found ? null : `${needed} is not installed`
}

export const PYTHON = '/usr/bin/python3'
export const NCHAN_MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so'
