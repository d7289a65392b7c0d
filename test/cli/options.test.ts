import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadCommands } from '../../src/cli/commands-found.ts'
import { COMMAND_GROUPS } from '../../src/cli/command.ts'
import { longName } from '../../src/config/option.ts'

const named = await loadCommands(undefined)
const commands = await Promise.all(
  [...named].map(async ([name, { command }]) => ({ name, command, groups: await command.options() })),
)
const camel = (name: string) => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

describe('options of every command', () => {
  for (const { name, command, groups } of commands) {
    const options = groups.flatMap(group => Object.entries(group.options))
    it(`${name}: are keyed by their long name`, () => {
      for (const [key, option] of options) assert.equal(key, camel(longName(option)))
    })
    it(`${name}: are each there once, short and long`, () => {
      const flags = options.flatMap(([, option]) => option.flags.match(/(?<![\w-])--?[a-zA-Z][a-z-]*/g) ?? [])
      assert.deepEqual([...new Set(flags)], flags)
    })
    it(`${name}: take a value exactly where their kind says so`, () => {
      for (const [, option] of options)
        assert.equal(/[<[]/.test(option.flags), option.kind === 'value' || option.kind === 'list', option.flags)
    })
    it(`${name}: belongs to a group of the help`, () => assert.ok(COMMAND_GROUPS.includes(command.group)))
  }
  it('mean the same thing under the same long name in every command that shares them', () => {
    const seen = new Map<string, string>()
    for (const { name, groups } of commands)
      for (const group of groups)
        for (const option of Object.values(group.options)) {
          if (name === 'serve') continue
          const before = seen.get(longName(option)) ?? option.flags
          assert.equal(option.flags, before, `${name}: ${option.flags}`)
          seen.set(longName(option), option.flags)
        }
  })
})
