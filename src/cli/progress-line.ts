import type { Progress } from '../engine/progress.ts'

export const isOutage = ({ phase }: Progress): boolean => phase === 'down' || phase === 'recovering'

/** Progress in one line: what matters most comes first, what does not fit is left out whole. */
export function progressLine(progress: Progress, width: number): string {
  const { connections, plannedMs, elapsedMs } = progress
  const parts = [
    `${progress.phase} ${seconds(elapsedMs)}${plannedMs === null ? '' : `/${seconds(plannedMs)}`}`,
    `${connections.open}/${connections.asked} open`,
    progress.errors > 0 ? `${progress.errors} errors` : '',
    isOutage(progress) ? '' : `${rate(progress.sentPerSecond)} sent ${rate(progress.receivedPerSecond)} received`,
    progress.p50Ms === null ? '' : `${progress.latencyName} p50 ${ms(progress.p50Ms)} p99 ${ms(progress.p99Ms ?? 0)}`,
    progress.generator.cpuShare >= 0.8 ? `generator CPU ${Math.round(progress.generator.cpuShare * 100)} %` : '',
    progress.note,
  ].filter(part => part !== '')
  let line = parts[0]!.slice(0, width)
  for (const part of parts.slice(1)) if (line.length + part.length + 3 <= width) line += ` | ${part}`
  return line
}

const seconds = (value: number) => `${Math.floor(value / 1000)}s`
const rate = (perSecond: number) => `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`
const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
