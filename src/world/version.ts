import { packageFile } from './package-file.ts'

/** The version in package.json, the only place that holds it. */
export function version(): string {
  const manifest = JSON.parse(packageFile('package.json') ?? '{}') as { version?: string }
  return manifest.version ?? '0.0.0'
}
