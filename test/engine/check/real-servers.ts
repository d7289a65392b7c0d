import path from 'node:path'
import type { TestContext } from 'node:test'
import { freePort, startProgram } from '../../servers/external.ts'
import { type Needed, PYTHON } from '../../servers/installed.ts'
import { startNchan } from '../../servers/nginx-nchan.ts'
import { startServer } from '../../servers/start.ts'
import { spawnEndpoint } from '../../../src/endpoint/spawn.ts'
import { runCaddy } from '../proxy/proxies/caddy.ts'
import { runHaproxy } from '../proxy/proxies/haproxy.ts'
import { runNginx } from '../proxy/proxies/nginx.ts'
import type { RunningProxy } from '../proxy/proxies/run-proxy.ts'

/** Left out, as what they say depends on how fast this machine is at the moment. */
const SPEED = [
  'poll.deliver',
  'poll.gap-latency',
  'sse.timing',
  'ws.deflate.bomb',
  'ws.deflate.data-with-parameters',
  'ws.frame.empty-continuations',
  'ws.frame.large-*',
  'ws.frame.round-trips',
  'ws.ping.latency',
  'ws.security.header-parsing-time',
  'ws.security.m*',
  'ws.security.ping-flood',
  'ws.security.slow-reader',
]
const skipping = (ids: readonly string[]) => ids.flatMap(id => ['--skip', id])

/** A server as it is installed, and the words that check it. */
export interface RealServer {
  name: string
  /** Packages of Debian; without them the test is skipped. */
  needs?: Needed
  /** Starts it; the words of `rtbench check`. */
  start(t: TestContext): Promise<string[]>
}

const SERVERS = path.resolve(import.meta.dirname, '../../../../test/servers')

async function startPython(t: TestContext, file: string, urlPath: string, ...words: string[]): Promise<string[]> {
  const port = await freePort()
  await startProgram(t, PYTHON, [path.join(SERVERS, file), String(port), ...words], port)
  return [`ws://127.0.0.1:${port}${urlPath}`]
}

async function startLibwebsockets(t: TestContext): Promise<string> {
  const port = await freePort()
  await startProgram(t, '/usr/bin/libwebsockets-test-server', ['-p', String(port), '-i', 'lo', '-d', '1'], port)
  return `ws://127.0.0.1:${port}/`
}

/** rtbench's own endpoint, and where the proxy before it listens. */
async function endpointBehind(
  t: TestContext,
  run: (origin: number, port: number) => Promise<RunningProxy>,
): Promise<string> {
  const origin = await spawnEndpoint()
  t.after(() => origin.stop())
  const port = await freePort()
  const proxy = await run(origin.port, port)
  t.after(() => proxy.stop())
  return `127.0.0.1:${port}`
}

async function startNchanOn(t: TestContext, transport: 'sse' | 'poll'): Promise<string[]> {
  const host = await startNchan(t)
  return [`http://${host}/sub/news`, '-t', transport, '--publish', `http://${host}/pub/news`]
}

export const withoutSpeed = skipping(SPEED)

export const realServers: readonly RealServer[] = [
  {
    name: 'ws',
    async start(t) {
      const { host } = await startServer(t, 'websocket-echo', ['deflate'])
      return [`ws://${host}/echo`]
    },
  },
  {
    name: 'websockets',
    needs: 'python3-websockets',
    start: t => startPython(t, 'python-websockets-echo.py', '/', 'deflate'),
  },
  {
    name: 'tornado',
    needs: 'python3-tornado',
    start: async t => [...(await startPython(t, 'python-tornado-echo.py', '/echo')), '--timeout', '5s'],
  },
  { name: 'aiohttp', needs: 'python3-aiohttp', start: t => startPython(t, 'python-aiohttp-echo.py', '/echo') },
  {
    name: 'libwebsockets',
    needs: 'libwebsockets-test-server',
    start: async t => [await startLibwebsockets(t), '--timeout', '4s'],
  },
  {
    name: 'nchan-ws',
    needs: 'nginx-nchan',
    start: async t => [
      `ws://${await startNchan(t)}/echo`,
      '--timeout',
      '4s',
      ...skipping(['ws.deflate.data', 'ws.frame.continuation-after-message', 'ws.ping.burst', 'ws.ping.payload']),
    ],
  },
  { name: 'nchan-sse', needs: 'nginx-nchan', start: t => startNchanOn(t, 'sse') },
  {
    name: 'nchan-poll',
    needs: 'nginx-nchan',
    start: async t => [...(await startNchanOn(t, 'poll')), '--cursor', 'etag'],
  },
  {
    name: 'sse-behind-nginx',
    needs: 'nginx',
    async start(t) {
      const lines = 'proxy_http_version 1.1; proxy_buffering off;'
      const host = await endpointBehind(t, (origin, port) => runNginx(origin, [{ port, lines }]))
      return [`http://${host}/events`, '--publish', `http://${host}/publish`]
    },
  },
  {
    name: 'sse-behind-caddy',
    needs: 'caddy',
    async start(t) {
      const host = await endpointBehind(t, (origin, port) => runCaddy(origin, [{ port }]))
      return [`http://${host}/events`, '--publish', `http://${host}/publish`]
    },
  },
  {
    name: 'ws-behind-haproxy',
    needs: 'haproxy',
    async start(t) {
      const host = await endpointBehind(t, (origin, port) => runHaproxy(origin, [{ port, lines: '' }]))
      return [`ws://${host}/echo`]
    },
  },
]
