import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The text of a file of this package, by its path below package.json; null where there is none. */
export function packageFile(name: string): string | null {
  const root = packageRoot()
  return root === null ? null : readText(path.join(root, name))
}

// Compiled files lie one folder deeper than sources.
function packageRoot(): string | null {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder))
    if (readText(path.join(folder, 'bin/rtbench.js')) !== null) return folder
  return null
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
