import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import type { Limits } from './preflight.ts'

/** The machine that measured, for whoever compares two reports. */
export function environmentOf(limits: Limits, workers: number): Record<string, unknown> {
  return {
    node: process.version,
    os: `${platform()} ${release()}`,
    arch: arch(),
    cpus: availableParallelism(),
    cpuModel: cpus()[0]?.model ?? '',
    memoryBytes: totalmem(),
    fileLimit: limits.files,
    localPorts: limits.ports,
    workers,
  }
}
