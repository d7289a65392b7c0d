import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { familiarFlag } from '../../src/cli/familiar-flags.ts'
import { rtbench } from './run-rtbench.ts'

const CASES: [words: string[], sentence: RegExp][] = [
  [['load', '-d', '10'], /^rtbench: --duration 10 has no unit: write 10s, 500ms or 2m$/],
  [['load', '--durration', '10s'], /there is no option --durration: did you mean --duration\?/],
  [['load', '--xyzzy'], /there is no option --xyzzy \(see rtbench load --help\)/],
  [['load', '-z', '10s'], /there is no option -z: .* here it is -d 10s/],
  [['load', '-T10s'], /there is no option -T10s: .* here it is -d 10s/],
  [['load', '-u', '100'], /here it is -c 100/],
  [['load', '--vus=10'], /here it is -c 100/],
  [['laod'], /there is no command "laod": did you mean load\?/],
  [['ws://127.0.0.1/'], /name the command first: rtbench load "ws:/],
  [['load', 'localhost:8080/echo'], /write ws:\/\/localhost:8080\/echo, or http:/],
  [['load', 'a', 'b'], /load takes 1 argument, but more words were given/],
  [['load', '-d'], /--duration needs a value: -d, --duration <time>/],
  [['explain'], /explain needs <id>/],
  [['explain', 'msg_rt'], /there is nothing called "msg_rt": did you mean msg_rtt/],
  [['list', 'metric'], /there is no kind "metric": did you mean metrics/],
  [['load', '--reconnect', 'nosuch', 'ws://127.0.0.1:1/'], /--reconnect "nosuch" is not known: rtbench list policies/],
  [['load', '-o', '/nonexistent/x.json'], /--output .* cannot be written: the folder \/nonexistent does not exist/],
  [['load', '-o', 'x.nosuch'], /its ending names no format/],
  [
    ['load', 'wss://h/', '--cacert', '/nonexistent.pem'],
    /--cacert "\/nonexistent.pem" cannot be read: there is no such/,
  ],
  [['serve', '--cert', '/nonexistent.pem'], /--cert .* cannot be read/],
  [['serve', '--host', '203.0.113.1', '--port', '0'], /--host 203.0.113.1 is not an address of this machine/],
]

describe('mistakes on the command line', { concurrency: 2 }, () => {
  for (const [words, sentence] of CASES)
    it(`rtbench ${words.join(' ')}: one sentence on stderr, exit 2`, async () => {
      const { code, stdout, stderr } = await rtbench(words)
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.match(stderr.trimEnd(), sentence)
      assert.equal(stderr.trimEnd().split('\n').length, 1)
      assert.match(stderr, /^rtbench: /)
    })
})

describe('flags of other tools', () => {
  it('are known with and without their value', () => {
    assert.match(familiarFlag('-z10s')!, /-d 10s/)
    assert.match(familiarFlag('--rps=5')!, /-R/)
  })
  it('do not catch unknown words', () => {
    assert.equal(familiarFlag('--zoo'), undefined)
    assert.equal(familiarFlag('-zoo'), undefined)
    assert.equal(familiarFlag('--constructor'), undefined)
  })
})
