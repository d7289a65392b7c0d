import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { loadCommands } from '../src/cli/commands-found.ts'
import { EXIT } from '../src/cli/exit-code.ts'
import { parseWords } from '../src/cli/program.ts'
import { spawnEndpoint } from '../src/endpoint/spawn.ts'
import { rtbench } from './cli/run-rtbench.ts'

const root = path.resolve(import.meta.dirname, '../..')
const text = readFileSync(path.join(root, 'README.md'), 'utf8')
const blocks = [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, language, body]) => ({ language, body: body! }))

describe('README', () => {
  const lines = blocks
    .flatMap(({ body }) => body.split('\n'))
    .flatMap(line => /^(?:\$ )?(?:npm ci && )?(?:npx )?(rtbench .*?)(?:\s+#.*| && .*)?$/.exec(line)?.[1] ?? [])
    .filter(line => !line.startsWith('rtbench serves'))
    .filter(line => !/^rtbench \w+  /.test(line))
  it('shows a command line of each kind', () => assert.ok(lines.length >= 12, lines.join('\n')))
  for (const line of lines)
    it(`"${line}" is a command line of this version`, async () => {
      const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!).slice(1)
      const parsed = await parseWords(words, await loadCommands(words[0]), '')
      assert.ok('call' in parsed, JSON.stringify(parsed))
    })

  it('has a scenario whose steps are found', async t => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-readme-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const file = path.join(folder, 'gate.yaml')
    writeFileSync(file, blocks.find(({ language }) => language === 'yaml')!.body)
    const { code, stdout, stderr } = await rtbench(['run', file, '--dry-run'])
    assert.deepEqual([code, stdout.split('\n').length], [0, 3], stderr)
  })

  it('names the exit codes that there are', () => {
    const codes = new Set([...text.matchAll(/^\| (\d+)(?:, (\d+))? \| /gm)].flatMap(([, ...found]) => found))
    for (const code of Object.values(EXIT)) assert.ok(codes.has(String(code)), String(code))
  })

  it('has a library example that compiles and runs', async t => {
    const example = blocks.find(({ language }) => language === 'ts')!.body
    // Inside the package, where its own name leads to what it exports.
    const folder = mkdtempSync(path.join(root, 'dist/readme-'))
    const endpoint = await spawnEndpoint()
    t.after(async () => {
      await endpoint.stop()
      rmSync(folder, { recursive: true })
    })
    const file = path.join(folder, 'example.ts')
    const port = new URL(endpoint.url('/')).port
    writeFileSync(file, example.replace(':8080/', `:${port}/`).replace("'5s'", "'500ms'"))
    const tsc = path.join(root, 'node_modules/.bin/tsc')
    const words = '--strict --module nodenext --target es2023 --types node --skipLibCheck --ignoreConfig'.split(' ')
    const compiled = spawnSync(tsc, [...words, file], { cwd: root, encoding: 'utf8' })
    assert.equal(compiled.status, 0, compiled.stdout)
    const { stdout, stderr } = spawnSync(process.execPath, [file.replace('.ts', '.js')], { encoding: 'utf8' })
    assert.match(stdout, /^(pass|invalid) \{\s+type: 'histogram'/, stderr)
  })
})
