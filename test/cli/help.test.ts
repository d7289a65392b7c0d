import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { loadCommands } from '../../src/cli/commands-found.ts'
import { parseWords } from '../../src/cli/program.ts'
import { main } from '../../src/main.ts'
import { version } from '../../src/world/version.ts'
import { matchesText } from '../golden.ts'
import { fakeWorld } from './fake-world.ts'

const kept = path.resolve(import.meta.dirname, '../../../bin/help')

/** What the command's own definition renders, not the text that is kept of it. */
async function help(...words: string[]): Promise<string> {
  const parsed = await parseWords([...words, '--help'], await loadCommands(words[0]), version())
  assert.ok('text' in parsed && parsed.isAnswer)
  return parsed.text
}

async function answer(...words: string[]): Promise<string> {
  const world = fakeWorld()
  assert.deepEqual([await main(words, world), world.stderr], [0, ''])
  return world.stdout
}

const commands = await loadCommands(undefined)

describe('help', () => {
  it('of rtbench is what is kept of it', async () => matchesText(path.join(kept, 'rtbench.txt'), await help()))
  for (const name of commands.keys())
    it(`of ${name} is what is kept of it`, async () => matchesText(path.join(kept, `${name}.txt`), await help(name)))
  it('is kept of no command that is gone', () => {
    const files = readdirSync(kept)
    assert.deepEqual(files.sort(), ['rtbench.txt', ...[...commands.keys()].map(name => `${name}.txt`)].sort())
  })
  it('comes in all the ways people ask for it', async () => {
    for (const words of [['--help'], ['-h'], ['help']]) assert.equal(await answer(...words), await help())
    for (const words of [
      ['load', '--help'],
      ['load', '-h'],
      ['help', 'load'],
      ['load', '-c', '5', '--help'],
    ])
      assert.equal(await answer(...words), await help('load'))
    for (const words of [['--version'], ['-V']]) assert.equal(await answer(...words), `${version()}\n`)
  })
  it('is not invented for what is no command', async () => {
    for (const word of ['rtbench', '../help/load', 'lod'])
      for (const words of [
        [word, '--help'],
        ['help', word],
      ]) {
        const world = fakeWorld()
        assert.equal(await main(words, world), 2)
        assert.match(world.stderr, /^rtbench: there is no command/)
      }
  })
  it('fits 80 columns, example lines to be copied aside', async () => {
    for (const name of commands.keys())
      for (const line of (await help(name)).split('\n'))
        assert.ok(line.length <= 80 || /^ {2}(rtbench|curl|npx) /.test(line), `${name}: ${line}`)
  })
  it('names every command of the folder', async () => {
    const text = await help()
    for (const name of commands.keys()) assert.match(text, new RegExp(`^  ${name} `, 'm'))
  })
  it('comes with the usage error exit where no command was named', async () => {
    const world = fakeWorld()
    assert.equal(await main([], world), 2)
    assert.match(world.stderr, /^Usage: rtbench <command>/)
    assert.equal(world.stdout, '')
  })
})

describe('examples in the help', () => {
  for (const [name, { command }] of commands)
    for (const [line] of command.examples)
      it(`${name}: "${line}" is short enough to be copied`, () => assert.ok(line.length <= 100 && !line.includes('\n')))
})
