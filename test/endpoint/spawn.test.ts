import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { spawnEndpoint } from '../../src/endpoint/spawn.ts'

test('a spawned endpoint serves from a process of its own until it is stopped', async t => {
  const endpoint = await spawnEndpoint({ tls: undefined })
  t.after(() => endpoint.stop())
  const response = await fetch(endpoint.url('/time'))
  assert.equal(response.status, 200)
  await endpoint.stop()
  await assert.rejects(fetch(endpoint.url('/time')))
})

test('a spawned endpoint that cannot listen says why', async t => {
  const first = await spawnEndpoint()
  t.after(() => first.stop())
  await assert.rejects(spawnEndpoint({ port: first.port }), { code: 'EADDRINUSE' })
})

test('a spawned endpoint ends when its parent is gone', async t => {
  const module = new URL('../../src/endpoint/spawn.js', import.meta.url).href
  const script = `const { spawnEndpoint } = await import('${module}')
    const endpoint = await spawnEndpoint()
    console.log(endpoint.port)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => parent.kill('SIGKILL'))
  const [output] = (await once(parent.stdout, 'data')) as [Buffer]
  const url = `http://127.0.0.1:${Number(output.toString())}/time`
  assert.equal((await fetch(url)).status, 200)
  parent.kill('SIGKILL')
  for (;;) {
    const gone = await fetch(url).then(
      response => response.text().then(() => false),
      () => true,
    )
    if (gone) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
})
