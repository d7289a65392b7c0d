import assert from 'node:assert/strict'
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { selfSignedCertificate } from '../../src/endpoint/certificate.ts'
import { spawnEndpoint } from '../../src/endpoint/spawn.ts'
import { rtbench } from '../cli/run-rtbench.ts'
import { freePort } from '../servers/external.ts'
import { startServer } from '../servers/start.ts'
import { runLoad } from './run-load.ts'

const DAY_MS = 24 * 3600 * 1000
const SHORT = ['-c', 3, '-d', '1s', '--timeout', '2s']

async function withCertificate(t: TestContext, names: string[], days: [from: number, to: number]) {
  const at = (day: number) => new Date(Date.now() + day * DAY_MS)
  const tls = selfSignedCertificate({ names, notBefore: at(days[0]), notAfter: at(days[1]) })
  const endpoint = await spawnEndpoint({ tls })
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-tls-'))
  const file = path.join(folder, 'ca.pem')
  writeFileSync(file, tls.cert)
  t.after(async () => {
    await endpoint.stop()
    rmSync(folder, { recursive: true })
  })
  return { url: `wss://127.0.0.1:${endpoint.port}/echo`, file }
}

/** One class, each attempt counted, one sentence, exit 4. */
async function unreachable(words: (string | number)[], kind: string, sentence: RegExp): Promise<void> {
  const { code, report } = await runLoad([...words, ...SHORT])
  assert.equal(code, 4)
  assert.equal(report.verdict, 'unreachable')
  assert.deepEqual(
    report.failures.map(failure => failure.class),
    [kind],
  )
  const [{ count, examples }] = report.failures as [(typeof report.failures)[number]]
  assert.ok(count >= 1 && examples.length === 1)
  assert.match(examples[0]!, sentence)
}

describe('a target that cannot be reached is told in one sentence', { concurrency: 2 }, () => {
  it('a closed port', async () => {
    const port = await freePort()
    const sentence = new RegExp(`^connection refused: nothing listens on 127\\.0\\.0\\.1:${port}$`)
    for (const scheme of ['ws', 'http']) await unreachable([`${scheme}://127.0.0.1:${port}/`], 'refused', sentence)
  })

  it('a plain web page', async t => {
    const { host } = await startServer(t, 'web-page')
    await unreachable([`ws://${host}/`], 'http-status', /^answered HTTP 200 OK, not 101: no WebSocket/)
    await unreachable([`http://${host}/`, '-t', 'sse'], 'content-type', /Content-Type text\/html, not text\/event/)
    await unreachable([`http://${host}/`], 'content-type', /is a web page \(text\/html\)/)
  })

  it('a wrong path', async t => {
    const { host } = await startServer(t, 'websocket-echo')
    await unreachable(
      [`ws://${host}/nowhere`],
      'http-status',
      /^answered HTTP (400|404) .*no WebSocket at this address$/,
    )
    await unreachable(
      [`http://${host}/nowhere`, '-t', 'sse'],
      'http-status',
      /^answered HTTP 404 Not Found, not a stream$/,
    )
    await unreachable([`http://${host}/nowhere`], 'http-status', /answered HTTP 404$/)
  })

  it('a name that does not exist', async () => {
    await unreachable(['ws://nowhere.invalid:8080/'], 'dns', /^the name (server|of nowhere\.invalid:8080)/)
  })

  it('an expired certificate', async t => {
    const { url, file } = await withCertificate(t, ['127.0.0.1'], [-10, -1])
    await unreachable([url, '--cacert', file], 'tls-expired', /has expired \(--insecure accepts it\)$/)
    await unreachable([url], 'tls-expired', /has expired/)
    const { code } = await runLoad([url, '-k', ...SHORT])
    assert.equal(code, 0)
  })

  it('a certificate that nobody vouches for, and one for another name', async t => {
    const { url, file } = await withCertificate(t, ['example.test'], [-1, 1])
    await unreachable([url], 'tls-untrusted', /self-signed \(--cacert trusts it, --insecure accepts it\)$/)
    await unreachable([url, '--cacert', file], 'tls-name', /is for another name/)
    const { code } = await runLoad([url, '--cacert', file, '--servername', 'example.test', ...SHORT])
    assert.equal(code, 0)
  })

  it('TLS where there is none, and none where there is TLS', async t => {
    const { host } = await startServer(t, 'websocket-echo')
    await unreachable([`wss://${host}/echo`], 'tls-protocol', /^what 127\.0\.0\.1:\d+ answered is not TLS/)
    const { url } = await withCertificate(t, ['127.0.0.1'], [-1, 1])
    const { code, report } = await runLoad([url.replace('wss', 'ws'), ...SHORT])
    assert.equal(code, 4)
    assert.ok(['closed', 'reset', 'http-malformed'].includes(report.failures[0]!.class), report.failures[0]!.class)
  })

  it('the table says the same, and where to look', async () => {
    const port = await freePort()
    const { code, stdout } = await rtbench(['load', `ws://127.0.0.1:${port}/`, '-c', '3', '-d', '1s'])
    assert.equal(code, 4)
    assert.match(stdout, /refused × 3\n\s+connection refused: nothing listens on/)
    assert.match(stdout, /^UNREACHABLE {2}no connection could be opened/m)
  })
})

describe('a mistake in the words is told in one sentence, with exit code 2', { concurrency: 2 }, () => {
  const mistakes: [words: string[], sentence: RegExp][] = [
    [['-d', '10'], /^rtbench: .*--duration.*10s/],
    [['--durration', '10s'], /^rtbench: .*--durration.*--duration/s],
    [['-r', 'fast'], /^rtbench: .*--rate/],
    [['ftp://127.0.0.1/'], /^rtbench: .*ws:\/\//s],
    [['-p', 'publish', 'ws://127.0.0.1:1/'], /^rtbench: --pattern publish needs --publish URL/],
    [['-t', 'sse', '-p', 'echo', 'http://127.0.0.1:1/'], /^rtbench: .*echo/],
    [['--cacert', '/nowhere.pem', 'wss://127.0.0.1:1/'], /^rtbench: .*--cacert.*nowhere/],
  ]
  for (const [words, sentence] of mistakes) {
    it(words.join(' '), async () => {
      const { code, stdout, stderr } = await rtbench(['load', ...words])
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.match(stderr, sentence)
      assert.ok(stderr.trimEnd().split('\n').length <= 3, stderr)
    })
  }
})
