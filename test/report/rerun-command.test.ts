import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rerunCommand } from '../../src/report/rerun-command.ts'
import { emptyReport } from '../reporters/fixtures/base-report.ts'

const line = (config: Record<string, unknown>) => rerunCommand({ ...emptyReport('load'), config })

test('the line that runs it again has the words that were given, quoted for a shell', () => {
  const given = { connections: '200', header: ["X: it's", 'A: b'], insecure: true, output: ['r.json'], quiet: true }
  assert.equal(
    line({ target: { url: 'wss://h/?a=1&b=2' }, given, seed: 7 }),
    String.raw`npx rtbench load 'wss://h/?a=1&b=2' --connections 200 --header 'X: it'\''s' --header 'A: b' --insecure --seed 7`,
  )
})

test('it does not name an endpoint that was there for that run only', () => {
  assert.equal(line({ target: { url: 'ws://127.0.0.1:40123/echo', embedded: true }, given: {} }), 'npx rtbench load')
})

test('of a step it names the scenario', () => {
  const scenario = { file: 'scenarios/my gate.yaml', step: 'herd' }
  assert.equal(line({ scenario, target: { url: 'ws://h/' } }), "npx rtbench run 'scenarios/my gate.yaml' --step herd")
})

test('what a stranger wrote into a result cannot leave its quotes or hide', () => {
  const text = line({ target: { url: "ws://h/';rm -rf ~;'\u202e\x1b[2J" }, given: { 'x\n$(id)': '`id`' } })
  assert.equal(text.includes('\n') || text.includes('\x1b') || text.includes('\u202e'), false)
  assert.equal(text, String.raw`npx rtbench load 'ws://h/'\'';rm -rf ~;'\''\u202e\x1b[2J'`)
})
