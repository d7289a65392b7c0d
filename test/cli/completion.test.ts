import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { completionScript } from '../../src/cli/completion-scripts.ts'
import { offeredCommands, SHELLS } from '../../src/cli/completion-words.ts'
import { fakeWorld } from './fake-world.ts'
import { main } from '../../src/main.ts'

const commands = await offeredCommands()
const isInstalled = (program: string) => spawnSync(program, ['--version']).status === 0

const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-completion-'))
after(() => rmSync(folder, { recursive: true }))

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
    assert.deepEqual(offered('load', '--pattern', '=', 'i'), ['idle'])
    assert.deepEqual(offered('load', '--pattern', '='), ['echo', 'publish', 'listen', 'idle'])
  })
  it('offers what rtbench list lists', () => {
    assert.deepEqual(offered('outage', '--policy', 'aws-fu'), ['aws-full'])
    assert.deepEqual(offered('explain', 'ws.close.echo-c'), ['ws.close.echo-code'])
    assert.deepEqual(offered('list', 'po'), ['policies'])
    assert.deepEqual(offered('help', 'lo'), ['load'])
  })
  it('offers files where a command reads them, and only there', () => {
    assert.deepEqual(offered('run', '/bin/fals'), ['/bin/false'])
    assert.deepEqual(offered('load', '--cacert', '/bin/fals'), ['/bin/false'])
    assert.deepEqual(offered('load', '/bin/fals'), [''])
  })
})

// What is typed, and what the line is after a tab.
const TYPED: Record<string, string> = {
  'rtbench lo': 'rtbench load',
  'rtbench load --thr': 'rtbench load --threshold',
  'rtbench load ws://x/ --dura': 'rtbench load ws://x/ --duration',
  'rtbench load --pattern=i': 'rtbench load --pattern=idle',
  'rtbench load -t s': 'rtbench load -t sse',
  'rtbench outage --policy aws-fu': 'rtbench outage --policy aws-full',
  'rtbench explain ws.close.echo-c': 'rtbench explain ws.close.echo-code',
  'rtbench completion f': 'rtbench completion fish',
  'rtbench run /bin/fals': 'rtbench run /bin/false',
}

describe('completion in fish', { skip: isInstalled('fish') ? false : 'fish is not installed' }, () => {
  for (const [typed, line] of Object.entries(TYPED))
    it(`makes "${line}" of "${typed}"`, () => {
      const script = `${completionScript('fish', commands)}\ncomplete -C '${typed}'`
      const offers = execFileSync('fish', ['-N', '-c', script], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map(offer => offer.split('\t')[0]!)
      const last = line.split(' ').at(-1)!
      assert.ok(offers.includes(last), offers.join(' '))
    })
})

// A shell on a pseudo terminal, typed to. Its tab completes and then says what the line is.
const typeToZsh = (folder: string) => `
  zmodload zsh/zpty
  zpty shell 'PS1= PS2= RPS1= TERM=dumb zsh -f -i'
  zpty -w shell 'fpath=(${folder} $fpath); autoload -Uz compinit; compinit -u -D'
  zpty -w shell 'tell() { zle complete-word; BUFFER="print -r -- LI\\"\\"NE\\"<$BUFFER>\\""; zle accept-line }'
  zpty -w shell 'zle_bracketed_paste=(); zle -N tell; bindkey "^I" tell; echo REA""DY'
  zpty -r -m shell seen '*READY*'
  while IFS= read -r typed; do
    zpty -w -n shell "$typed"$'\t'
    zpty -r -m shell seen '*LINE<*>*'
    print -r -- \${\${seen##*LINE<}%%>*}
  done
  zpty -d shell`

describe('completion in zsh', { skip: isInstalled('zsh') ? false : 'zsh is not installed' }, () => {
  it('completes the line', () => {
    writeFileSync(path.join(folder, '_rtbench'), completionScript('zsh', commands))
    const script = path.join(folder, 'typed.zsh')
    writeFileSync(script, typeToZsh(folder))
    const input = `${Object.keys(TYPED).join('\n')}\n`
    const lines = execFileSync('zsh', ['-f', script], { input, encoding: 'utf8', timeout: 60_000 })
    assert.deepEqual(
      lines
        .split('\n')
        .slice(0, -1)
        .map(line => line.replace(/[ =]$/, '')),
      Object.values(TYPED),
    )
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
      const file = path.join(folder, `script.${shell}`)
      writeFileSync(file, completionScript(shell, commands))
      const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' })
      assert.equal(status, 0, stderr)
    })
  }
  it('are refused for another shell', async () => {
    const world = fakeWorld()
    assert.equal(await main(['completion', 'cmd'], world), 2)
    assert.match(world.stderr, /shell "cmd" is unknown: write bash, zsh or fish/)
  })
})
