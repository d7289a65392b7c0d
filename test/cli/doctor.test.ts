import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { doctorText, leastHolding } from '../../src/cli/doctor-text.ts'
import { machineHolds } from '../../src/engine/doctor.ts'
import { main } from '../../src/main.ts'
import { fakeWorld } from './fake-world.ts'

const KERNEL: Record<string, string> = {
  '/proc/sys/net/ipv4/ip_local_port_range': '32768\t60999\n',
  '/proc/sys/fs/file-max': '200000\n',
  '/proc/sys/net/core/somaxconn': '4096\n',
  '/proc/meminfo': 'MemTotal: 9 kB\nMemAvailable:    1024000 kB\n',
}
const holds = (files: { soft: number; hard: number }, kernel = KERNEL) =>
  machineHolds(files, 2, 1024 ** 3, file => kernel[file] ?? null)
const byName = (name: string, holdings: ReturnType<typeof holds>) => holdings.find(({ resource }) => resource === name)!

describe('what a machine holds', () => {
  const small = holds({ soft: 1024, hard: 4096 })
  it('counts files for each worker, less what it needs itself', () => {
    const { connections, lift } = byName('open files per process', small)
    assert.deepEqual([connections, lift], [2 * 924, 'ulimit -n 4096'])
  })
  it('names workers where the hard limit is reached', () =>
    assert.match(byName('open files per process', holds({ soft: 4096, hard: 4096 })).lift, /^--workers 8/))
  it('counts ports, and says how to widen the range', () => {
    const { connections, lift } = byName('local ports', small)
    assert.equal(connections, 28_232)
    assert.match(lift, /sysctl -w net.ipv4.ip_local_port_range="1024 65535"/)
  })
  it('has no row for what the kernel does not tell', () => {
    assert.equal(byName('tracked connections', small), undefined)
    assert.equal(byName('accept backlog', holds({ soft: 1, hard: 1 }, {})), undefined)
  })
  it('finds what is used up first', () => assert.equal(leastHolding(small).resource, 'open files per process'))
  it('says so, with the line that lifts it', () => {
    const text = doctorText(small, 50_000).replaceAll(/\s+/g, ' ')
    assert.match(text, /FAIL 50,000 do not fit\./)
    assert.match(text, /about 1,848 connections; the limit is: open files per process/)
    assert.match(text, /lift: ulimit -n 4096/)
    assert.match(doctorText(small, 1000), /PASS/)
  })
})

describe('rtbench doctor', () => {
  it('exits by whether the connections fit on this machine', async () => {
    assert.equal(await main(['doctor', '-c', '1'], fakeWorld()), 0)
    assert.equal(await main(['doctor', '-c', '100M'], fakeWorld()), 1)
  })
  it('gives its rows as JSON', async () => {
    const world = fakeWorld()
    assert.equal(await main(['doctor', '--json'], world), 0)
    assert.ok((JSON.parse(world.stdout) as unknown[]).length >= 3)
  })
})
