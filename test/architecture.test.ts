import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'

const root = path.resolve(import.meta.dirname, '../..')
const LINES_MAX = 250

/** Of one room, as the table of src/README.md has it. */
interface Rule {
  /** Rooms whose code it may run. */
  rooms: string[]
  /** Rooms whose types it may name, besides those of config and report. */
  types: string[]
  packages: string[]
  /** Modules of Node; `node:` is all of them. */
  node: string[]
}

const SHAPES = ['config', 'report']
const rows = [...readFileSync(path.join(root, 'src/README.md'), 'utf8').matchAll(/^\| `(\w+)\/` \|[^|]*\|([^|]*)\|/gm)]
const ROOMS = rows.map(([, room]) => room!)
const RULES = Object.fromEntries(rows.map(([, room, cell]) => [room!, ruleOf(cell!.replaceAll('`', ''))]))

function ruleOf(cell: string): Rule {
  const rule: Rule = { rooms: [], types: [...SHAPES], packages: [], node: [] }
  for (const part of cell.split(/[,;]/)) {
    const word = part.replace(/\(.*\)/, '').trim()
    const but = /^everything but (.*)$/.exec(word)?.[1]?.split(' and ') ?? []
    if (word === 'nothing') continue
    else if (word === 'the public API') rule.rooms.push('')
    else if (word.startsWith('everything')) rule.rooms.push(...ROOMS.filter(room => !but.includes(room)))
    else if (word.startsWith('node:')) rule.node.push(word)
    else if (!ROOMS.includes(word)) rule.packages.push(word)
    else if (part.includes('(types)')) rule.types.push(word)
    else rule.rooms.push(word)
  }
  return rule
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
  if (what.startsWith('node:')) return isType || allowed.node.some(module => module === 'node:' || module === what)
  if (!what.startsWith('.')) return allowed.packages.includes(what)
  const to = target(found)
  return to === room || allowed.rooms.includes(to) || (isType && allowed.types.includes(to))
}

const sources = files('src')
const imports = sources.flatMap(importsOf)

test('the rooms are those of the table', () => {
  const folders = new Set(sources.map(roomOf).filter(room => room !== ''))
  assert.deepEqual([...folders].sort(), ROOMS.toSorted())
  assert.deepEqual(RULES['protocol'], {
    rooms: [],
    types: SHAPES,
    packages: [],
    node: ['node:crypto', 'node:zlib', 'node:buffer'],
  })
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
