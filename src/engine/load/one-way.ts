import { networkInterfaces } from 'node:os'
import type { TargetConfig } from '../../config/run-config.ts'

/** Whether the target runs on this machine, so that its clock is ours and a one-way time means something. */
export function sameClock({ url, connectTo, unixSocket }: TargetConfig): boolean {
  if (unixSocket !== null) return true
  const host = (connectTo?.host ?? new URL(url!).hostname).replace(/^\[|\]$/g, '')
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return true
  return Object.values(networkInterfaces()).some(list => list?.some(({ address }) => address === host))
}
