// Run inside a network namespace of its own: nothing else speaks on its loopback interface. Prints, for each transport,
// the octets that the kernel counted and those that the model says, in the window of the messages.
import { readFileSync } from 'node:fs'
import { resolveOverhead } from '../../../src/config/overhead-config.ts'
import { startEndpoint } from '../../../src/endpoint/endpoint.ts'
import { modelOf } from '../../../src/engine/overhead/cost.ts'
import { measureTransport, type Way } from '../../../src/engine/overhead/measure-transport.ts'

/** Octets received on lo, IP headers included. */
function loopbackBytes(): number {
  const line = readFileSync('/proc/net/dev', 'utf8')
    .split('\n')
    .find(text => text.trim().startsWith('lo:'))!
  return Number(line.split(':')[1]!.trim().split(/\s+/)[0])
}

const endpoint = await startEndpoint({})
const results: { way: Way; kernel: number; modelled: number; messages: number }[] = []
for (const [way, path] of [
  ['ws', '/tick/ws'],
  ['sse', '/tick/events'],
  ['poll', '/tick/messages'],
] as [Way, string][]) {
  const url = `${way === 'ws' ? 'ws' : 'http'}://127.0.0.1:${endpoint.port}${path}?interval=50ms&size=100`
  const config = resolveOverhead([url], { duration: '6s' }, () => '')
  let kernel = 0
  const measured = await measureTransport(config, config.targets[0]!, way, null, which => {
    kernel = which === 'begin' ? loopbackBytes() : loopbackBytes() - kernel
  })
  const { steady, messages } = measured
  const modelled = steady.sent + steady.received + modelOf(measured).tcpIpBytes
  results.push({ way, kernel, modelled, messages })
}
await endpoint.close()
console.log(JSON.stringify(results))
