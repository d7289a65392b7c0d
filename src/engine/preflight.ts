import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** What this machine allows one run. */
export interface Limits {
  /** Open files per process. */
  files: number
  cores: number
  /** Local ports for one source and one target address. */
  ports: number
}

/** Descriptors that a worker needs besides its connections. */
const FILES_RESERVED = 100
const LINUX_PORTS = '/proc/sys/net/ipv4/ip_local_port_range'

export function machineLimits(): Limits {
  return { files: openFilesLimit(), cores: availableParallelism(), ports: localPorts() }
}

function openFilesLimit(): number {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft: number | string } } }
  const soft = Number(report.userLimits?.open_files?.soft)
  return Number.isFinite(soft) ? soft : 1024
}

function localPorts(): number {
  try {
    const [low = 32_768, high = 60_999] = readFileSync(LINUX_PORTS, 'latin1').trim().split(/\s+/).map(Number)
    return high - low + 1
  } catch {
    // The IANA dynamic range, used by macOS and Windows.
    return 16_384
  }
}

/** Connections that one process may hold. */
export const socketsPerProcess = ({ files }: Limits): number => Math.max(1, files - FILES_RESERVED)

/** Workers for a run: one per core, and as many as the file limit asks for. */
export function workerCount(connections: number, asked: number | null, limits: Limits): number {
  const needed = Math.ceil(connections / socketsPerProcess(limits))
  return Math.max(1, asked ?? Math.max(needed, Math.min(limits.cores, connections)))
}

/** Why this machine cannot hold the run, in a sentence with what to change; null: it can. */
export function obstacle(
  connections: number,
  workers: number,
  sources: number,
  targets: number,
  limits: Limits,
): string | null {
  const perWorker = Math.ceil(connections / workers)
  if (perWorker > limits.files - FILES_RESERVED) {
    const enough = Math.ceil(connections / Math.max(1, limits.files - FILES_RESERVED))
    return `${perWorker} connections per worker need more than the ${limits.files} open files that one process may have: use --workers ${enough} or run \`ulimit -n ${perWorker + FILES_RESERVED}\` first`
  }
  const places = limits.ports * Math.max(1, sources) * targets
  if (connections > places) {
    const more = Math.ceil(connections / (limits.ports * targets))
    return `${connections} connections need more than the ${places} local ports towards the target: give ${more} source addresses with --local-address`
  }
  return null
}

/** From here on a run says beforehand what it takes of this machine. */
const LARGE = 5000
/** Resident in the worker, and in the kernel for this end of a connection. */
const WORKER_KIB = { plain: 6, tls: 42 }
const KERNEL_KIB = 5

/** What a large run takes of this machine, against what there is; empty for a small one. */
export function arithmetic(
  connections: number,
  workers: number,
  sources: number,
  isTls: boolean,
  limits: Limits,
): string {
  if (connections < LARGE) return ''
  const perWorker = Math.ceil(connections / workers)
  const places = limits.ports * Math.max(1, sources)
  const mib = Math.round((connections * (KERNEL_KIB + WORKER_KIB[isTls ? 'tls' : 'plain'])) / 1024)
  return [
    `${connections} connections over ${workers} workers: ${perWorker} of ${limits.files} open files each (ulimit -n, --workers)`,
    `${connections} of ${places} ports: ${limits.ports} by ${Math.max(1, sources)} source addresses (--local-address)`,
    `about ${mib} MiB of memory`,
  ].join('; ')
}
