// What the connects of a herd cost: TLS handshakes as the server counts them, and a SYN that had to be sent again.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startServer } from '../../servers/start.ts'
import { runWords, valueOf } from './run.ts'

const CLIENTS = 10
const CONTROL = 1
const HERD = { connections: String(CLIENTS), horizon: '20s', workers: '1' }
const WORDS = { ...HERD, control: String(CONTROL) }

interface Facts {
  full: number
  resumed: number
}

describe('TLS handshakes after the cut', { concurrency: 2 }, () => {
  for (const tickets of ['on', 'off'])
    it(`session tickets ${tickets}`, async t => {
      const { host, facts } = await startServer<Facts>(t, 'tls-echo', [`tickets=${tickets}`])
      const words = { ...WORDS, insecure: true, transport: 'ws', policy: ['fixed:delay=300ms'], down: '1s' }
      const report = await runWords(`wss://${host}/`, words)
      const seen = await facts()
      assert.equal(valueOf(report, 'clients_back'), CLIENTS)
      const [full, resumed] = [valueOf(report, 'tls_full'), valueOf(report, 'tls_resumed')]
      // The opening made one for each client and one for the control group.
      assert.deepEqual([full! + CLIENTS + CONTROL, resumed], [seen.full, seen.resumed])
      assert.deepEqual([full, resumed], tickets === 'on' ? [0, CLIENTS] : [CLIENTS, 0])
      assert.equal(
        report.findings.some(({ id }) => id === 'outage.full-handshakes'),
        tickets === 'off',
      )
    })
})

it('without TLS there are no handshakes to count, and no SYN is sent again on loopback', async () => {
  const report = await runWords(null, { ...WORDS, policy: ['fixed:delay=300ms'], down: '1s' })
  assert.equal(valueOf(report, 'tls_full'), null)
  assert.equal(valueOf(report, 'connects_retried'), 0)
})

it('connects that meet a full queue come about with their second SYN, and are counted', async t => {
  const { host, facts } = await startServer<{ pid: number; cameLate: number }>(t, 'websocket-short-queue')
  const downCmd = `kill -USR2 ${(await facts()).pid}`
  const words = { ...HERD, policy: ['fixed:delay=100ms'], down: '1s', downCmd, upCmd: 'true' }
  const report = await runWords(`ws://${host}/`, words)
  const { cameLate } = await facts()
  t.diagnostic(`${cameLate} came late`)
  // The queue of a listener with a backlog of one holds two.
  assert.ok(cameLate >= CLIENTS / 2 && cameLate < CLIENTS, `${cameLate} came late`)
  // Linux may answer a SYN and drop the ACK: to the client that connect came about at once.
  const retried = valueOf(report, 'connects_retried')!
  assert.ok(retried > 0 && retried <= cameLate, `${retried} counted`)
  assert.ok(report.findings.some(({ id }) => id === 'outage.accept-queue'))
})
