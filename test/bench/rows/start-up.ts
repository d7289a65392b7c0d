// How long a question to the program takes, beside a Node that does nothing and one that only loads commander.
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Contestant, Row, Rows } from '../row.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const TIMES = 7

const command = (...words: string[]): Contestant => ({
  async run() {
    const times: number[] = []
    for (let i = 0; i < TIMES; i += 1) {
      const from = performance.now()
      execFileSync(process.execPath, words, { stdio: 'ignore', cwd: root })
      times.push(performance.now() - from)
    }
    // The fastest is the one that nobody disturbed.
    return { ms: Math.min(...times) }
  },
})

const row = (...words: string[]): Row => ({
  title: `Start-up: rtbench ${words.join(' ')}`,
  figures: { ms: 'ms' },
  contestants: {
    rtbench: command('bin/rtbench.js', ...words),
    node: command('-e', '0'),
    commander: command('-e', 'require("commander")'),
  },
  goals: [
    { figure: 'ms', against: null, most: 120 },
    { figure: 'ms', against: 'commander', most: 1.5 },
  ],
})

const rows: Rows = [row('--help'), row('--version'), row('load', '--help')]

export default rows
