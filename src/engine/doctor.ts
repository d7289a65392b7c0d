// What this machine can hold at once, resource by resource, and the line that lifts each limit.
import { readFileSync } from 'node:fs'
import { availableParallelism, freemem } from 'node:os'

export interface Holding {
  resource: string
  /** The limit as the machine states it. */
  value: number
  unit: 'files' | 'ports' | 'connections' | 'bytes'
  /** Connections that fit; null: it bounds how fast they can come, not how many. */
  connections: number | null
  /** What it is about, in a sentence. */
  why: string
  /** A shell line or an option that lifts it. */
  lift: string
}

/** The text of a file of the kernel, or null where there is none. */
export type ReadKernel = (file: string) => string | null

/** Descriptors that a worker needs besides its connections. */
const FILES_RESERVED = 100
// Resident memory and socket buffers of an idle plain connection, rounded up; TLS takes several times as much.
const BYTES_EACH = 10 * 1024
const WIDEST_PORTS = [1024, 65_535] as const

export function machineHolds(
  files: { soft: number; hard: number } = fileLimits(),
  cores = availableParallelism(),
  freeBytes = freemem(),
  read: ReadKernel = readKernel,
): Holding[] {
  const perProcess = Math.max(1, files.soft - FILES_RESERVED)
  const [low = 32_768, high = 60_999] = numbers(read('/proc/sys/net/ipv4/ip_local_port_range'))
  const [systemFiles] = numbers(read('/proc/sys/fs/file-max'))
  const [tracked] = numbers(read('/proc/sys/net/netfilter/nf_conntrack_max'))
  const [backlog] = numbers(read('/proc/sys/net/core/somaxconn'))
  const [free = freeBytes] = numbers(/^MemAvailable:\s+(\d+)/m.exec(read('/proc/meminfo') ?? '')?.[1] ?? null).map(
    kib => kib * 1024,
  )
  return [
    {
      resource: 'open files per process',
      value: files.soft,
      unit: 'files',
      connections: perProcess * cores,
      why: `each connection is a file; ${cores} workers have ${perProcess.toLocaleString('en-US')} each to spare`,
      lift:
        files.hard > files.soft ? `ulimit -n ${files.hard}` : `--workers ${cores * 4}, or raise nofile in limits.conf`,
    },
    {
      resource: 'local ports',
      value: high - low + 1,
      unit: 'ports',
      connections: high - low + 1,
      why: 'one port for each connection from one source address to one target address and port',
      lift:
        low > WIDEST_PORTS[0]
          ? `sysctl -w net.ipv4.ip_local_port_range="${WIDEST_PORTS.join(' ')}", or more --local-address`
          : 'more source addresses with --local-address',
    },
    ...known('open files of the system', systemFiles, 'files', 'all processes share it', 'fs.file-max'),
    ...known(
      'tracked connections',
      tracked,
      'connections',
      'the firewall keeps a row for each',
      'net.netfilter.nf_conntrack_max',
    ),
    {
      resource: 'free memory',
      value: free,
      unit: 'bytes',
      connections: Math.floor(free / BYTES_EACH),
      why: 'reckoned at 10 KiB for an idle plain connection; TLS and large messages take more',
      lift: 'more memory, or --shard over several machines',
    },
    ...(backlog === undefined
      ? []
      : [
          {
            resource: 'accept backlog',
            value: backlog,
            unit: 'connections' as const,
            connections: null,
            why: 'connections that may wait to be accepted by a server on this machine: a burst beyond it is refused or late',
            lift: 'sysctl -w net.core.somaxconn=65535, and the backlog of the server',
          },
        ]),
  ]
}

const known = (
  resource: string,
  value: number | undefined,
  unit: Holding['unit'],
  why: string,
  key: string,
): Holding[] =>
  value === undefined
    ? []
    : [{ resource, value, unit, connections: value, why, lift: `sysctl -w ${key}=${Math.max(1_048_576, value * 2)}` }]

const numbers = (text: string | null) => (text === null ? [] : text.trim().split(/\s+/).map(Number))

function readKernel(file: string): string | null {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return null
  }
}

function fileLimits(): { soft: number; hard: number } {
  const report = process.report.getReport() as {
    userLimits?: { open_files?: { soft: number | string; hard: number | string } }
  }
  // Windows has no such limit; "unlimited" is as good as what the kernel can count.
  const count = (limit: number | string | undefined) => (Number.isFinite(Number(limit)) ? Number(limit) : 1_048_576)
  return { soft: count(report.userLimits?.open_files?.soft), hard: count(report.userLimits?.open_files?.hard) }
}
