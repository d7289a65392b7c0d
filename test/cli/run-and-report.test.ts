import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runAndReport } from '../../src/cli/run-and-report.ts'
import { fakeWorld } from './fake-world.ts'
import { sampleReport } from './sample-report.ts'

describe('a run and its report', () => {
  it('answers with the exit code of the verdict', async () => {
    const world = fakeWorld()
    const code = await runAndReport({ args: [], given: { json: true }, world }, async () =>
      sampleReport({ verdict: 'fail' }),
    )
    assert.equal(code, 1)
    assert.equal(JSON.parse(world.stdout).verdict, 'fail')
  })
  it('refuses output before anything runs', async () => {
    let ran = false
    const run = async () => {
      ran = true
      return sampleReport()
    }
    const call = { args: [], given: { output: ['/locked/a.json'] }, world: fakeWorld() }
    await assert.rejects(runAndReport(call, run), /permission denied/)
    assert.equal(ran, false)
  })
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    it(`writes the partial report after ${signal} and answers ${code}`, async () => {
      const world = fakeWorld()
      const call = { args: [], given: { output: ['a.json'] }, world }
      const result = await runAndReport(call, async ({ stop }) => {
        const stopped = new Promise(resolve => stop.addEventListener('abort', resolve))
        world.send(signal)
        await stopped
        return sampleReport({ interrupted: stop.reason as 'SIGINT' })
      })
      assert.equal(result, code)
      assert.equal(JSON.parse(world.files.get('a.json')!).interrupted, signal)
      assert.deepEqual(world.exits, [])
      assert.match(world.stderr, /once more to quit without a report/)
    })
  it('ends at once at the second signal', async () => {
    const world = fakeWorld()
    await runAndReport({ args: [], given: { quiet: true }, world }, async () => {
      world.send('SIGINT')
      world.send('SIGTERM')
      return sampleReport()
    })
    assert.deepEqual(world.exits, [143])
    assert.equal(world.stderr, '')
  })
  it('gives signals back when it is done', async () => {
    const world = fakeWorld()
    await runAndReport({ args: [], given: {}, world }, async () => sampleReport())
    world.send('SIGINT')
    world.send('SIGINT')
    assert.deepEqual(world.exits, [])
  })
})
