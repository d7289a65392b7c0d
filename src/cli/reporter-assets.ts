import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Reporter } from '../reporters/reporter.ts'

const require = createRequire(import.meta.url)

/** The texts of the package files that a reporter inlines, by the names it asks for; reporters do no I/O. */
export function reporterAssets({ assets = [] }: Reporter): Record<string, string> {
  return Object.fromEntries(assets.map(name => [name, readFileSync(require.resolve(name), 'utf8')]))
}
