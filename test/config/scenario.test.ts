import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readScenario } from '../../src/config/scenario.ts'
import { scenarioSchema } from '../../src/config/scenario-schema.ts'
import { STEP_COMMANDS } from './step-commands.ts'

const schema = scenarioSchema(STEP_COMMANDS)
const read = (text: string, env: Record<string, string> = {}) =>
  readScenario({ file: 'dir/x.yaml', text, env }, schema, STEP_COMMANDS)

describe('a scenario file', () => {
  it('is steps in the words of the options', () => {
    const { name, steps } = read(`
name: chat
steps:
  - command: load
    url: ws://127.0.0.1:1/echo
    connections: 200
    connect-rate: 50/s
    deflate: true
    threshold: 'msgs_lost: count==0'
`)
    assert.equal(name, 'chat')
    assert.equal(steps[0]!.command, 'load')
    assert.deepEqual(steps[0]!.args, ['ws://127.0.0.1:1/echo'])
    assert.deepEqual(steps[0]!.given, {
      connections: 200,
      connectRate: '50/s',
      deflate: true,
      threshold: ['msgs_lost: count==0'],
    })
  })
  it('may be JSON', () => assert.equal(read('{"steps":[{"command":"load"}]}').steps.length, 1))
  it('is called after its file where it has no name', () => assert.equal(read('steps: [{command: load}]').name, 'x'))
  it('takes pairs as maps of one entry, as YAML reads them without quotes', () => {
    const { given } = read(`
steps:
  - command: load
    header:
      - Authorization: Bearer a:b
      - 'X-Room: 7'
    threshold:
      - msg_rtt: p(99)<50ms
      - conn_opened{transport:sse}: count>=10
`).steps[0]!
    assert.deepEqual(given['header'], ['Authorization: Bearer a:b', 'X-Room: 7'])
    assert.deepEqual(given['threshold'], ['msg_rtt: p(99)<50ms', 'conn_opened{transport:sse}: count>=10'])
  })
  it('gives defaults to the steps that know them', () => {
    const { steps } = read(`
defaults: {url: 'ws://h/', timeout: 2s, scale: big}
steps:
  - command: load
    timeout: 3s
  - command: weigh
`)
    assert.deepEqual(steps[0]!.given, { timeout: '3s' })
    assert.deepEqual(steps[0]!.args, ['ws://h/'])
    assert.deepEqual(steps[1]!.given, { scale: 'big' })
  })
  it('takes several addresses where the command does', () =>
    assert.deepEqual(read('steps: [{command: weigh, url: [ws://a/, ws://b/]}]').steps[0]!.args, ['ws://a/', 'ws://b/']))
  it('numbers steps without a name', () =>
    assert.deepEqual(
      read('steps: [{command: load}, {command: load}, {command: load, name: last}]').steps.map(({ name }) => name),
      ['load', 'load-2', 'last'],
    ))
})

describe('${NAME} in a scenario file', () => {
  const url = (word: string, env: Record<string, string>) =>
    read(`steps: [{command: load, url: "${word}"}]`, env).steps[0]!.args[0]
  it('is taken from the environment', () => assert.equal(url('ws://${HOST}/x', { HOST: 'h:1' }), 'ws://h:1/x'))
  it('has a default where it is not set, or empty', () => {
    assert.equal(url('${U:-ws://h/}', {}), 'ws://h/')
    assert.equal(url('${U:-ws://h/}', { U: '' }), 'ws://h/')
    assert.equal(url('${U:-ws://h/}', { U: 'ws://i/' }), 'ws://i/')
  })
  it('means the embedded endpoint where nothing is left', () => assert.equal(url('${U:-}', {}), undefined))
  it('is escaped by a second dollar', () => assert.equal(url('ws://h/$${x}', {}), 'ws://h/${x}'))
  it('can be a number or true', () => {
    const text = 'steps: [{command: load, connections: "${N}", deflate: ${D}}]'.replace('${D}', '${D:-true}')
    const { given } = read(`steps:\n  - command: load\n    connections: \${N}\n    deflate: \${D:-true}\n`, { N: '7' })
      .steps[0]!
    assert.ok(text.length > 0)
    assert.deepEqual(given, { connections: '7', deflate: true })
  })
  it('leaves {{message}} alone', () =>
    assert.equal(
      read("steps: [{command: load, publish-body: '{{message}}'}]").steps[0]!.given['publishBody'],
      '{{message}}',
    ))
})
