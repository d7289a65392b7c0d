import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { loadCommands } from '../../src/cli/commands-found.ts'
import { main } from '../../src/main.ts'
import { matchesGolden } from '../golden.ts'
import { fakeWorld } from './fake-world.ts'

async function help(...words: string[]): Promise<string> {
  const world = fakeWorld()
  assert.equal(await main([...words, '--help'], world), 0)
  assert.equal(world.stderr, '')
  return world.stdout
}

const commands = await loadCommands(undefined)

describe('help', () => {
  it('of rtbench is as agreed', async () => matchesGolden('help/rtbench.txt', await help()))
  for (const name of commands.keys())
    it(`of ${name} is as agreed`, async () => matchesGolden(`help/${name}.txt`, await help(name)))
  it('has no golden file of a command that is gone', () => {
    const files = readdirSync(path.resolve(import.meta.dirname, '../../../test/golden/help'))
    assert.deepEqual(files.sort(), ['rtbench.txt', ...[...commands.keys()].map(name => `${name}.txt`)].sort())
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
