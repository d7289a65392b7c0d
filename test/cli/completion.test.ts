import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { completionScript, SHELLS } from '../../src/cli/completion-scripts.ts'
import { offeredCommands } from '../../src/cli/completion-words.ts'
import { fakeWorld } from './fake-world.ts'
import { main } from '../../src/main.ts'

const commands = await offeredCommands()
const isInstalled = (program: string) => spawnSync(program, ['--version']).status === 0

/** What bash would offer after these words. */
function offered(...words: string[]): string[] {
  const line = words.map(word => `'${word}'`).join(' ')
  const script = `${completionScript('bash', commands)}
    COMP_WORDS=(rtbench ${line}); COMP_CWORD=${words.length}; _rtbench; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n')
}

describe('completion in bash', { skip: isInstalled('bash') ? false : 'bash is not installed' }, () => {
  it('offers commands', () => assert.deepEqual(offered('lo'), ['load']))
  it('offers the options of the command', () => {
    assert.deepEqual(offered('load', '--thr'), ['--threshold'])
    assert.deepEqual(offered('serve', '--echo'), ['--echo-delay'])
    assert.deepEqual(offered('list', '--thr'), [''])
  })
  it('offers the words that an option takes, by its short name too', () => {
    assert.deepEqual(offered('load', '--pattern', 'i'), ['idle'])
    assert.deepEqual(offered('load', '-t', ''), ['auto', 'ws', 'sse', 'poll'])
  })
})

describe('completion scripts', () => {
  for (const shell of SHELLS) {
    it(`of ${shell} name every command and option`, () => {
      const script = completionScript(shell, commands)
      for (const { name, options } of commands) {
        assert.ok(script.includes(name))
        for (const { long } of options)
          assert.ok(script.includes(shell === 'fish' ? `-l ${long.slice(2)}` : long), long)
      }
    })
    it(`of ${shell} are valid ${shell}`, t => {
      if (!isInstalled(shell)) return t.skip(`${shell} is not installed`)
      const flag = shell === 'fish' ? '--no-execute' : '-n'
      const { status, stderr } = spawnSync(shell, [flag], {
        input: completionScript(shell, commands),
        encoding: 'utf8',
      })
      assert.equal(status, 0, stderr)
    })
  }
  it('are refused for another shell', async () => {
    const world = fakeWorld()
    assert.equal(await main(['completion', 'cmd'], world), 2)
    assert.match(world.stderr, /shell "cmd" is unknown: write bash, zsh or fish/)
  })
})
