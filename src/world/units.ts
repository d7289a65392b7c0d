import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** A unit found by its place: `checks/ws/close/echo-code.js` in room `checks` has the id `ws.close.echo-code`. */
export interface FoundUnit {
  id: string
  file: string
}

const rooms = path.resolve(import.meta.dirname, '..')

// Files and folders of a room that are not units: the room's own interface and shared parts, marked by their name.
const isUnit = (name: string, own: ReadonlySet<string>) =>
  /\.(js|ts)$/.test(name) &&
  !name.endsWith('.d.ts') &&
  !name.split(path.sep).some(part => own.has(part.replace(/\.\w+$/, '')))

/**
 * The units below a room, sorted by id. Nothing is imported: a listing of ids costs one folder walk.
 * `own` names the files and folders that are the room's interface and parts (`reporter`, `policy`), not units.
 */
export function findUnits(room: string, own: readonly string[]): FoundUnit[] {
  const root = path.join(rooms, room)
  if (!existsSync(root)) return []
  const skip = new Set(own)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => isUnit(name, skip))
    .map(name => ({
      id: name
        .replace(/\.\w+$/, '')
        .split(path.sep)
        .join('.'),
      file: path.join(root, name),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Imports one unit's default export. */
export async function loadUnit<T>(unit: FoundUnit): Promise<T> {
  const module = (await import(pathToFileURL(unit.file).href)) as { default: T }
  return module.default
}

/** One unit by its id, e.g. ('patterns', 'echo'); undefined where there is no such file. */
export function findUnit(room: string, id: string): FoundUnit | undefined {
  return findUnits(room, []).find(unit => unit.id === id)
}
