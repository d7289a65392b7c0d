// What the kernel says a process has used.
import { readdirSync, readFileSync } from 'node:fs'

const PAGE_BYTES = 4096
const TICK_MS = 10

/** CPU time of all threads of a living process, in ms; the scheduler counts it in ns. */
export function cpuMsOf(pid: number): number {
  let ns = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    ns += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ', 1)[0])
  }
  return ns / 1e6
}

/** The part of it that the kernel worked for the process, in ms; counted in ticks. */
export function kernelMsOf(pid: number): number {
  // Behind the name in brackets: state is field 3, stime is field 15.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '')
  return Number(fields.split(' ')[12]) * TICK_MS
}

export function residentBytesOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES
}
