import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const source = path.resolve(import.meta.dirname, '../../src')
const STATIC_IMPORT = /^(?:import|export)\b[^;]*?from '([^']+)';|^import '([^']+)';/gm

/** Every module and package that a file loads before anything runs. */
function loads(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, from, bare] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    const name = (from ?? bare)!
    if (name.startsWith('.')) loads(path.resolve(path.dirname(file), name), seen)
    else seen.add(name)
  }
  return seen
}

describe('what is loaded for --help and --version', () => {
  it('main.js: no package, no more than ten small files', () => {
    const all = [...loads(path.join(source, 'main.js'))].filter(module => !module.startsWith('node:'))
    assert.deepEqual(
      all.filter(module => !path.isAbsolute(module)),
      [],
    )
    assert.ok(all.length <= 10, all.join('\n'))
  })
})

describe('what is loaded before a command is known', () => {
  const commands = readdirSync(path.join(source, 'cli/commands')).filter(name => name.endsWith('.js'))
  for (const name of ['cli/program.js', ...commands.map(command => `cli/commands/${command}`)])
    it(`${name}: of packages only commander, of rooms only cli, config, world and names of the report`, () => {
      const all = [...loads(path.join(source, name))]
      const packages = all.filter(module => !path.isAbsolute(module) && !module.startsWith('node:'))
      assert.deepEqual(packages, name === 'cli/program.js' ? ['commander'] : [])
      const rooms = all.filter(path.isAbsolute).map(file => path.relative(source, file))
      const heavy = rooms.filter(file => !/^(cli|config|world)\/|^report\/(near-names|metric-catalogue)/.test(file))
      assert.deepEqual(heavy, [])
    })
})
