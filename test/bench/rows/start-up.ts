// How long `rtbench --help` takes, beside a Node that does nothing.
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Contestant, Rows } from '../row.ts'

const bin = path.resolve(import.meta.dirname, '../../../../bin/rtbench.js')
const TIMES = 5

const command = (...words: string[]): Contestant => ({
  async run() {
    const times: number[] = []
    for (let i = 0; i < TIMES; i += 1) {
      const from = performance.now()
      execFileSync(process.execPath, words, { stdio: 'ignore' })
      times.push(performance.now() - from)
    }
    // The fastest is the one that nobody disturbed.
    return { ms: Math.min(...times) }
  },
})

const rows: Rows = [
  {
    title: 'Start-up: rtbench --help',
    figures: { ms: 'ms' },
    contestants: { rtbench: command(bin, '--help'), node: command('-e', '0') },
    goals: [{ figure: 'ms', against: 'node', most: 3 }],
  },
]

export default rows
