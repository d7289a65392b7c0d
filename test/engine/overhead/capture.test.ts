import { test } from 'node:test'
import { startEndpoint } from '../../../src/endpoint/endpoint.ts'
import { missing } from '../../servers/installed.ts'
import { countingRelay } from './counting-relay.ts'
import { equalsToTheByte } from './every-way.ts'
import { capture } from './packet-capture.ts'

test('application bytes equal a capture of the same traffic, to the byte', { timeout: 120_000 }, async t => {
  const endpoint = await startEndpoint({})
  // A port of its own for what is measured: what is published goes past it.
  const relay = await countingRelay(endpoint.port)
  t.after(async () => {
    await relay.stop()
    await endpoint.close()
  })
  const reason = missing('tshark') ?? (await capture(relay.port, async () => {}))
  if (typeof reason === 'string') {
    t.skip(reason)
    return
  }
  await equalsToTheByte(relay.port, endpoint.port, async run => {
    const counted = await capture(relay.port, run)
    if (typeof counted === 'string') throw new Error(counted)
    return counted
  })
})
