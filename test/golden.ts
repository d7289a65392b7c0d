import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const folder = path.resolve(import.meta.dirname, '../../test/golden')

/** Compares a text with its golden file; `UPDATE=1` writes the file instead. */
export const matchesGolden = (name: string, text: string): void => matchesText(path.join(folder, name), text)

/** The same for a file anywhere. */
export function matchesText(file: string, text: string): void {
  if (process.env['UPDATE'] === '1') {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  assert.ok(existsSync(file), `${file} is missing: run again with UPDATE=1 and look at what it wrote`)
  assert.equal(text, readFileSync(file, 'utf8'))
}
