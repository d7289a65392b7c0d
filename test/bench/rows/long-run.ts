// Ten minutes at a fixed rate, as a user runs it: what every process of the run holds in memory from the first minute on.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { withoutCompiler } from '../c-programs.ts'
import { counter } from '../load-report.ts'
import { residentBytesOf } from '../process-cost.ts'
import type { Report } from '../../../src/index.ts'
import type { Figures, Rows } from '../row.ts'
import { withTarget } from '../target-server.ts'

const MINUTE_MS = 60_000
const MINUTES = 10
const PER_SECOND = 20_000
const CONNECTIONS = 200
const SAMPLE_MS = 5000
const MIB = 1024 * 1024
const program = path.resolve(import.meta.dirname, '../../../../bin/rtbench.js')

/** The conductor and its workers. */
const processesOf = (pid: number): number[] => [
  pid,
  ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
]

/** Resident bytes of each process of the run, sampled from the end of the first minute to that of the last. */
async function watch(run: ChildProcess): Promise<Map<number, number[]>> {
  const resident = new Map<number, number[]>()
  const sample = () => {
    for (const pid of processesOf(run.pid!)) resident.set(pid, [...(resident.get(pid) ?? []), residentBytesOf(pid)])
  }
  let interval: NodeJS.Timeout | undefined
  const begin = setTimeout(() => {
    sample()
    interval = setInterval(sample, SAMPLE_MS)
  }, MINUTE_MS)
  // Before the last second, in which workers say goodbye.
  const end = setTimeout(() => clearInterval(interval), MINUTES * MINUTE_MS - SAMPLE_MS / 2)
  await once(run, 'exit')
  for (const timer of [begin, interval, end]) clearTimeout(timer)
  return resident
}

async function tenMinutes(): Promise<Figures> {
  return withTarget({}, async port => {
    const words = ['-c', CONNECTIONS, '-R', PER_SECOND, '-d', `${MINUTES}m`, '--json', '--allow-limited']
    const run = spawn(process.execPath, [program, 'load', `ws://127.0.0.1:${port}/echo`, ...words.map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [report, resident] = await Promise.all([json(run.stdout) as Promise<Report>, watch(run)])
    const series = [...resident.values()]
    return {
      range: Math.max(...series.map(bytes => (Math.max(...bytes) - Math.min(...bytes)) / MIB)),
      most: Math.max(...series.flat()) / MIB,
      processes: series.length,
      rate: counter(report, 'msgs_sent') / (PER_SECOND * MINUTES * 60),
      lost: counter(report, 'msgs_lost'),
    }
  })
}

const rows: Rows = [
  {
    title: `${MINUTES} minutes at ${PER_SECOND.toLocaleString('en')} messages per second on ${CONNECTIONS} connections`,
    figures: {
      range: 'MiB between the least and the most resident memory of the process that varies most',
      most: 'MiB of resident memory, the largest process',
      processes: 'processes',
      rate: 'messages sent ÷ messages asked for',
      lost: 'messages lost',
    },
    rounds: 1,
    anyNoise: true,
    contestants: { rtbench: { missing: withoutCompiler, run: tenMinutes } },
    goals: [
      { figure: 'range', against: null, most: 5 },
      { figure: 'rate', against: null, least: 0.998 },
      { figure: 'lost', against: null, most: 0 },
    ],
  },
]

export default rows
