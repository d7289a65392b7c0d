import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Transport } from '../../../src/config/run-config.ts'
import { check } from '../../../src/index.ts'
import { defects } from './defects.ts'
import { serveScripted } from './serve-scripted.ts'

/** They load the server, which here shares one process with the checks. */
const LOAD = [
  'ws.deflate.bomb',
  'ws.deflate.data*',
  'ws.frame.empty-continuations',
  'ws.frame.large-*',
  'ws.frame.round-trips',
  'ws.security.*',
]

/** Each server with one defect of this transport is caught by the checks of that defect, and nothing else fails. */
export function catchDefects(transport: Transport): void {
  describe(`one defect over ${transport}, and who catches it`, { concurrency: 3 }, () => {
    for (const { name, server, caughtBy } of defects.filter(defect => defect.transport === transport)) {
      it(`${name}: ${caughtBy.join(', ')}`, async t => {
        const { host, publish } = await serveScripted(t, server)
        const report = await check({
          url: `${transport === 'ws' ? 'ws' : 'http'}://${host}/`,
          transport,
          timeout: '4s',
          // What one check publishes on a channel, others would see too.
          jobs: transport === 'ws' ? 4 : 1,
          ...(transport === 'ws' ? { skip: LOAD } : { publish }),
        })
        const verdicts = new Map(report.checks.map(result => [result.id, result]))
        for (const id of caughtBy) assert.match(verdicts.get(id)!.verdict, /fail|warn/, id)
        const failed = report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
        assert.deepEqual(
          failed
            .filter(({ id }) => !caughtBy.includes(id))
            .map(({ id, observed, reason }) => `${id}: ${observed} ${reason}`),
          [],
        )
      })
    }
  })
}
