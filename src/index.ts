// The public API. The command line is its first client.
import { readFileSync } from 'node:fs'
import { resolveLoad } from './config/load-config.ts'
import { type LoadWords, loadWords } from './config/load-words.ts'
import type { OutageConfig } from './config/outage-config.ts'
import type { LoadConfig } from './config/run-config.ts'
import type { RunContext } from './engine/progress.ts'
import type { Report } from './report/report.ts'

export { UsageError } from './config/errors.ts'
export type { LoadWords } from './config/load-words.ts'
export type { OutageConfig } from './config/outage-config.ts'
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

/** Runs one outage per policy and resolves to the Report; what the target does wrong is in there, not thrown. */
export async function outage(config: OutageConfig, context: Partial<RunContext> = {}): Promise<Report> {
  const { runOutage } = await import('./engine/outage.ts')
  return runOutage(config, {
    observer: context.observer ?? (() => {}),
    stop: context.stop ?? new AbortController().signal,
  })
}
