import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'

const root = path.resolve(import.meta.dirname, '../..')
const LINES_MAX = 250

/** Of one room: the rooms whose code it may run, and the packages and parts of Node that it may use. */
interface Rule {
  rooms: string[]
  packages: string[]
  node: string[] | 'all'
}

const rule = (rooms: string, packages = '', node: string[] | 'all' = []): Rule => ({
  rooms: rooms.split(' ').filter(Boolean),
  packages: packages.split(' ').filter(Boolean),
  node,
})

// The table of src/README.md. Types of config and report are values' shapes: every room may name them.
const RULES: Record<string, Rule> = {
  world: rule('', '', 'all'),
  protocol: rule('', '', ['node:crypto', 'node:zlib', 'node:buffer']),
  reconnect: rule(''),
  overlays: rule(''),
  measure: rule('world', 'hdr-histogram-js', ['node:perf_hooks', 'node:process']),
  report: rule('measure world'),
  reporters: rule('report measure', 'cli-table3', ['node:util', 'node:crypto']),
  wire: rule('protocol world', 'undici', 'all'),
  transports: rule('protocol wire measure world'),
  patterns: rule('transports measure world'),
  checks: rule('protocol wire world'),
  faults: rule('wire world'),
  endpoint: rule('world', 'ws', 'all'),
  config: rule('report', 'yaml zod'),
  engine: rule(
    'world protocol reconnect overlays measure report wire transports patterns checks faults endpoint config',
    'eventsource',
    'all',
  ),
  cli: rule(
    'world protocol reconnect overlays measure report reporters wire transports patterns checks faults endpoint config engine',
    'commander uplot',
    'all',
  ),
}
const SHAPES = new Set(['config', 'report'])
// A type says nothing about what runs; a room may name the types of those whose units it defines or serves.
const TYPES_OF: Record<string, string[]> = {
  overlays: ['reconnect'],
  transports: ['config'],
  measure: ['report'],
}
/** A package that has one file as its door. */
const DOORS: Record<string, string> = {
  undici: 'wire/http-client.ts',
  'hdr-histogram-js': 'measure/histogram.ts',
  yaml: 'config/',
  zod: 'config/',
  ws: 'endpoint/',
  commander: 'cli/',
}

interface Import {
  file: string
  room: string
  what: string
  isType: boolean
}

const files = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => name.split(path.sep).join('/'))
    .sort()
const textOf = (name: string) => readFileSync(path.join(root, name), 'utf8')
const code = (name: string) =>
  textOf(`src/${name}`)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '')
const roomOf = (name: string) => (name.includes('/') ? name.split('/')[0]! : '')
const STATIC = /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+()'([^']+)'/gm
const DYNAMIC = /import\(\s*['`]([^'`$]+)/g

function importsOf(file: string): Import[] {
  const found = [...code(file).matchAll(STATIC)].map(match => ({
    isType: match[1] !== undefined,
    what: match[2] ?? match[4]!,
  }))
  for (const match of code(file).matchAll(DYNAMIC)) found.push({ isType: false, what: match[1]! })
  return found.map(({ isType, what }) => ({ file, room: roomOf(file), isType, what }))
}

/** The room that a relative import leads to; '' for a file that stands beside the rooms. */
const target = ({ file, what }: Import) => roomOf(path.posix.normalize(path.posix.join(path.posix.dirname(file), what)))

function isAllowed(found: Import): boolean {
  const { room, what, isType } = found
  const allowed = RULES[room]
  if (allowed === undefined) return false
  if (what.startsWith('node:')) return isType || allowed.node === 'all' || allowed.node.includes(what)
  if (!what.startsWith('.')) return allowed.packages.includes(what)
  const to = target(found)
  if (to === room || allowed.rooms.includes(to)) return true
  // Seeded randomness is arithmetic: the pure rooms may use it.
  if (what.endsWith('/world/random.ts')) return true
  if (room === 'cli' && to === '') return what.endsWith('/index.ts')
  return isType && (SHAPES.has(to) || (TYPES_OF[room] ?? []).includes(to))
}

const sources = files('src')
const imports = sources.flatMap(importsOf)

test('the rooms are those of the table', () => {
  assert.deepEqual(
    [...new Set(sources.map(roomOf))].filter(room => room !== '' && RULES[room] === undefined),
    [],
  )
  const rows = [...textOf('src/README.md').matchAll(/^\| `(\w+)\/` \|/gm)].map(([, room]) => room)
  assert.deepEqual(rows.sort(), Object.keys(RULES).sort())
})

test('the imports of the whole source are found', () => {
  assert.ok(imports.length > 400, `only ${imports.length}`)
  assert.ok(imports.some(({ file, what }) => file === 'engine/load.ts' && what === './load/conduct.ts'))
})

test('each room imports only what the table allows', () => {
  const wrong = imports.filter(found => found.room !== '' && !isAllowed(found))
  assert.deepEqual(
    wrong.map(({ file, what }) => `${file} imports ${what}`),
    [],
  )
})

test('a forbidden import would be seen', () => {
  const room = 'protocol'
  const file = 'protocol/sse/parser.ts'
  for (const what of ['node:net', '../../wire/dial.ts', 'undici', '../../../main.ts'])
    assert.equal(isAllowed({ file, room, what, isType: false }), false, what)
  assert.equal(isAllowed({ file, room, what: '../../config/run-config.ts', isType: true }), true)
})

test('each package comes in by its own door', () => {
  const wrong = imports.filter(({ file, what }) => DOORS[what] !== undefined && !file.startsWith(DOORS[what]))
  assert.deepEqual(
    wrong.map(({ file, what }) => `${file} imports ${what}`),
    [],
  )
})

test('only world/ reads a clock or the dice', () => {
  const reading = /\bDate\.now\b|\bnew Date\(\)|\bperformance\.(now|timeOrigin)\b|\bhrtime\b|\bMath\.random\b/
  const wrong = sources.filter(name => roomOf(name) !== 'world' && reading.test(code(name)))
  assert.deepEqual(wrong, [])
  assert.match(code('world/clock.ts'), reading)
})

test(`no file is over ${LINES_MAX} lines`, () => {
  const names = [...sources.map(name => `src/${name}`), ...files('test').map(name => `test/${name}`)]
  const long = names.filter(name => textOf(name).split('\n').length - 1 > LINES_MAX)
  assert.deepEqual(long, [])
})
