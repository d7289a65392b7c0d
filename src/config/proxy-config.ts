// Words → the frozen configuration of a proxy run.
import { UsageError } from './errors.ts'
import { freeze } from './freeze.ts'
import { gate } from './options/gate.ts'
import { output } from './options/output.ts'
import { proxy, PROXY_PARTS } from './options/proxy.ts'
import { target } from './options/target.ts'
import { tls } from './options/tls.ts'
import { type Given, givenWords, readOptions } from './read-options.ts'
import type { GivenWords, TargetConfig, Threshold } from './run-config.ts'
import { type ReadText, resolveTarget } from './target.ts'

export type ProxyPart = (typeof PROXY_PARTS)[number]

export interface ProxyConfig {
  kind: 'proxy'
  given: GivenWords
  target: TargetConfig
  /** Where rtbench itself is the origin; null: the endpoint emits by itself. */
  origin: { host: string; port: number } | null
  directUrl: string | null
  parts: ProxyPart[]
  idleMaxMs: number
  thresholds: Threshold[]
  seed: number
}

// The transports are what is looked at, not what is chosen.
const { transport: _, ...addressing } = target.options

/** All options of a proxy run but where its result goes, in the order of the help. */
export const PROXY_GROUPS = [proxy, { title: target.title, options: addressing }, tls, gate] as const

const IDLE_MAX_MS = 130_000
const NEED_ORIGIN: ReadonlySet<ProxyPart> = new Set(['upgrade', 'headers', 'poll', 'idle'])

/** Without a URL, as a step of a scenario can be, a stream of the embedded endpoint, where nothing stands between. */
export function resolveProxy(url: string | undefined, given: Given, readText: ReadText): ProxyConfig {
  const values = readOptions(proxy, given)
  if (url === undefined && (values.origin !== undefined || values.direct !== undefined))
    throw new UsageError('rtbench proxy needs the URL of an endpoint behind a proxy: http://host/events', 'url')
  const resolved = resolveTarget(url, { ...readOptions(target, given), ...readOptions(tls, given) }, readText)
  const hasOrigin = values.origin !== undefined
  const only = [...new Set(values.only.flat())]
  for (const part of only)
    if (!hasOrigin && NEED_ORIGIN.has(part))
      throw new UsageError(
        `--only ${part} needs --origin HOST:PORT: what the proxy does to it is seen only from both ends`,
        'only',
      )
  if (values.idleMax !== undefined && !hasOrigin)
    throw new UsageError(
      '--idle-max needs --origin HOST:PORT: a silent origin is needed to look for timeouts',
      'idle-max',
    )
  if (values.idleMax !== undefined && only.length > 0 && !only.includes('idle'))
    throw new UsageError(`--idle-max has no meaning with --only ${only.join(' --only ')}`, 'idle-max')
  if (values.direct !== undefined && hasOrigin)
    throw new UsageError('--direct and --origin exclude each other: with --origin both ends are known', 'direct')
  if (!hasOrigin && /^wss?:/.test(resolved.url ?? ''))
    throw new UsageError('without --origin HOST:PORT the URL must be an event stream: write http:// or https://', 'url')
  const usual = PROXY_PARTS.filter(part => (hasOrigin || !NEED_ORIGIN.has(part)) && part !== 'idle')
  const parts = only.length > 0 ? only : usual
  if (values.idleMax !== undefined && !parts.includes('idle')) parts.push('idle')
  return freeze({
    kind: 'proxy',
    given: givenWords([...PROXY_GROUPS, output], given),
    target: resolved,
    origin: values.origin ?? null,
    directUrl: values.direct ?? null,
    parts,
    idleMaxMs: values.idleMax ?? IDLE_MAX_MS,
    thresholds: readOptions(gate, given).threshold,
    seed: readOptions(output, given).seed ?? 1,
  })
}
