// The public API. The command line is its first client.
import { readFileSync } from 'node:fs'
import { checkWords, type CheckWords, resolveCheck } from './config/check-config.ts'
import { resolveLoad } from './config/load-config.ts'
import { type LoadWords, loadWords } from './config/load-words.ts'
import type { OutageConfig } from './config/outage-config.ts'
import type { OverheadConfig } from './config/overhead-config.ts'
import type { ProxyConfig } from './config/proxy-config.ts'
import type { LoadConfig } from './config/run-config.ts'
import type { RunContext } from './engine/progress.ts'
import type { Report } from './report/report.ts'

export { UsageError } from './config/errors.ts'
export type { CheckWords } from './config/check-config.ts'
export type { LoadWords } from './config/load-words.ts'
export type { OutageConfig } from './config/outage-config.ts'
export type { OverheadConfig } from './config/overhead-config.ts'
export type { ProxyConfig } from './config/proxy-config.ts'
export type { LoadConfig } from './config/run-config.ts'
export type { Observer, Progress, RunContext } from './engine/progress.ts'
export type { Report } from './report/report.ts'

/**
 * A configuration from the same words as the options of `rtbench load`, in camelCase:
 * `loadConfig({ url: 'ws://127.0.0.1:8080/echo', connections: 10, duration: '5s' })`.
 * Throws a UsageError that names the word to change.
 */
export function loadConfig(words: LoadWords = {}): LoadConfig {
  return resolveLoad(words.url, loadWords(words), path => readFileSync(path, 'utf8'))
}

/** Runs a load test and resolves to its Report; what the target does wrong is in there, not thrown. */
export async function load(words: LoadWords | LoadConfig = {}, context: Partial<RunContext> = {}): Promise<Report> {
  const config = 'kind' in words ? words : loadConfig(words)
  const { runLoad } = await import('./engine/load.ts')
  return runLoad(config, {
    observer: context.observer ?? (() => {}),
    stop: context.stop ?? new AbortController().signal,
  })
}

/**
 * Checks an endpoint with the words of `rtbench check`, in camelCase: `check({ url: 'ws://127.0.0.1:8080/echo' })`.
 * Resolves to the Report; what the endpoint does wrong is in there. Throws a UsageError that names the word to change.
 */
export async function check(words: CheckWords = {}, context: Partial<RunContext> = {}): Promise<Report> {
  const config = resolveCheck(words.url, checkWords(words), path => readFileSync(path, 'utf8'))
  const { runCheck } = await import('./engine/check.ts')
  return runCheck(config, {
    observer: context.observer ?? (() => {}),
    stop: context.stop ?? new AbortController().signal,
  })
}

/** Runs one outage per policy and resolves to the Report; what the target does wrong is in there, not thrown. */
export async function outage(config: OutageConfig, context: Partial<RunContext> = {}): Promise<Report> {
  const { runOutage } = await import('./engine/outage.ts')
  return runOutage(config, {
    observer: context.observer ?? (() => {}),
    stop: context.stop ?? new AbortController().signal,
  })
}

/** Looks at what is between client and origin and resolves to the Report; what is wrong with it is in there. */
export async function proxy(config: ProxyConfig, context: Partial<RunContext> = {}): Promise<Report> {
  const { runProxy } = await import('./engine/proxy.ts')
  return runProxy(config, {
    observer: context.observer ?? (() => {}),
    stop: context.stop ?? new AbortController().signal,
  })
}

/** Measures what a message costs over each transport and resolves to the Report. */
export async function overhead(config: OverheadConfig, context: Partial<RunContext> = {}): Promise<Report> {
  const { runOverhead } = await import('./engine/overhead.ts')
  return runOverhead(config, {
    observer: context.observer ?? (() => {}),
    stop: context.stop ?? new AbortController().signal,
  })
}
