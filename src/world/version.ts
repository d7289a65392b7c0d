import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The version in package.json, the only place that holds it. Compiled files lie one folder deeper than sources. */
export function version(): string {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const found = readVersion(path.join(folder, 'package.json'))
    if (found !== null) return found
  }
  return '0.0.0'
}

function readVersion(file: string): string | null {
  try {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string }
    return name === 'rtbench' && version !== undefined ? version : null
  } catch {
    return null
  }
}
