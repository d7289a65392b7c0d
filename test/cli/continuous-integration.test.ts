import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { JSONObjectReader } from '@actions/workflow-parser/templates/json-object-reader'
import { TemplateSchema } from '@actions/workflow-parser/templates/schema/index'
import { TemplateContext, TemplateValidationErrors } from '@actions/workflow-parser/templates/template-context'
import { readTemplate } from '@actions/workflow-parser/templates/template-reader'
import { NoOperationTraceWriter } from '@actions/workflow-parser/templates/trace-writer'
import { YamlObjectReader } from '@actions/workflow-parser/workflows/yaml-object-reader'
import { parse } from 'yaml'
import { loadCommands } from '../../src/cli/commands-found.ts'
import { planOutput } from '../../src/cli/output-plan.ts'
import { parseWords } from '../../src/cli/program.ts'
import { loadReporters } from '../../src/cli/reporters-found.ts'
import { output } from '../../src/config/options/output.ts'
import { readOptions } from '../../src/config/read-options.ts'
import { fakeWorld } from './fake-world.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-ci-'))
after(() => rmSync(folder, { recursive: true }))

interface Action {
  runs: { steps: { run: string; env: Record<string, string> }[] }
}

/** Runs the script of action.yml with an `npx` that notes its words and answers with `code`. */
function runAction(command: string, code = 0): { words: string[]; outputs: string; summary: string; exit: number } {
  const [step] = (parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as Action).runs.steps
  const bin = path.join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(
    path.join(bin, 'npx'),
    `#!/bin/bash\nprintf '%s\\0' "$@" > words\nfor word in "$@"; do case $word in github-summary=*) f=\${word#*=}; echo summary > "\${f/\\{step\\}/a}";; esac; done\nexit ${code}\n`,
  )
  chmodSync(path.join(bin, 'npx'), 0o755)
  const file = (name: string) => path.join(folder, name)
  for (const name of ['outputs', 'summary', 'words']) writeFileSync(file(name), '')
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    RTBENCH_VERSION: '1.2.3',
    RTBENCH_COMMAND: command,
    GITHUB_OUTPUT: file('outputs'),
    GITHUB_STEP_SUMMARY: file('summary'),
  }
  let exit = 0
  try {
    execFileSync('bash', ['-e', '-c', step!.run], { cwd: folder, env, stdio: 'pipe' })
  } catch (error) {
    exit = (error as { status: number }).status
  }
  const read = (name: string) => readFileSync(file(name), 'utf8')
  return { words: read('words').split('\0').slice(0, -1), outputs: read('outputs'), summary: read('summary'), exit }
}

// The schema that GitHub's editor extension checks actions with.
const actionSchema = TemplateSchema.load(
  new JSONObjectReader(
    undefined,
    readFileSync(
      path.join(path.dirname(fileURLToPath(import.meta.resolve('@actions/workflow-parser'))), 'action-v1.0.min.json'),
      'utf8',
    ),
  ),
)

function actionErrors(text: string): string[] {
  const context = new TemplateContext(new TemplateValidationErrors(), actionSchema, new NoOperationTraceWriter())
  const file = context.getFileId('action.yml')
  readTemplate(context, 'action-root', new YamlObjectReader(file, text), file)
  return context.errors.getErrors().map(({ message }) => message)
}

describe('the syntax of action.yml', () => {
  const text = readFileSync(path.join(root, 'action.yml'), 'utf8')
  it('is what GitHub reads', () => assert.deepEqual(actionErrors(text), []))
  const wrong: [from: string, to: string, sentence: RegExp][] = [
    ['using: composite', 'usng: composite', /usng|using/],
    ['shell: bash', 'shel: bash', /shel/],
    ['steps.rtbench', 'stepz.rtbench', /stepz/],
    ['working-directory: ${{', 'working-dir: ${{', /working-dir/],
  ]
  for (const [from, to, sentence] of wrong)
    it(`with ${to} is refused`, () => {
      assert.ok(text.includes(from))
      assert.match(actionErrors(text.replace(from, to)).join('; '), sentence)
    })
})

describe('action.yml', { skip: process.platform === 'win32' ? 'the action runs in bash' : false }, () => {
  it('calls the package in the version asked for, with annotations and a summary', () => {
    const { words, outputs, summary, exit } = runAction('load ws://h/ -c 5')
    assert.deepEqual(words.slice(0, 6), ['--yes', 'rtbench@1.2.3', 'load', '--no-progress', '--format', 'github'])
    assert.match(words[7]!, /^github-summary=/)
    assert.deepEqual(words.slice(8), ['ws://h/', '-c', '5'])
    assert.deepEqual([outputs, summary, exit], ['exit-code=0\n', 'summary\n', 0])
  })
  it('keeps quoted words together and expands file names', () => {
    writeFileSync(path.join(folder, 'a.yaml'), '')
    writeFileSync(path.join(folder, 'b.yaml'), '')
    const { words } = runAction(`run *.yaml --threshold 'msg_rtt: p(99)<50ms'`)
    assert.deepEqual(words.slice(8), ['a.yaml', 'b.yaml', '--threshold', 'msg_rtt: p(99)<50ms'])
  })
  it('runs nothing that stands in its input', () => {
    const { words } = runAction('load $(touch${IFS}pwned) `touch pwned` ;touch pwned')
    assert.ok(!existsSync(path.join(folder, 'pwned')))
    assert.deepEqual(words.slice(8), ['$(touch${IFS}pwned)', '`touch', 'pwned`', ';touch', 'pwned'])
  })
  it('ends with 2 where there is no command, or half of one', () => {
    for (const command of ['', ' ', `load 'ws://h/`]) {
      const { words, outputs, exit } = runAction(command)
      assert.deepEqual([words, outputs, exit], [[], 'exit-code=2\n', 2])
    }
  })
  it('ends as rtbench did, and says with which code', () => {
    const { outputs, summary, exit } = runAction('load', 3)
    assert.deepEqual([outputs, summary, exit], ['exit-code=3\n', 'summary\n', 3])
  })
})

describe('the example for GitLab', async () => {
  const jobs = parse(readFileSync(path.join(root, 'deploy/gitlab/.gitlab-ci.yml'), 'utf8')) as Record<string, unknown>
  const lines = Object.values(jobs).flatMap(job => (job as { script?: string[] }).script ?? [])
  const reporters = await loadReporters()
  it('has jobs', () => assert.equal(lines.length, 2))
  for (const line of lines)
    it(`"${line}" is a command line of this version`, async () => {
      const words = line.split(' ').slice(3)
      const parsed = await parseWords(words, await loadCommands(words[0]), '')
      assert.ok('call' in parsed)
      assert.ok(planOutput(readOptions(output, parsed.call.given), reporters, fakeWorld()).files.length > 0)
    })
})
