/** The climb of --find-max, pure: which level to try next, given which ones held. */
export interface Search {
  /** The level to try now; null: found. */
  level: number | null
  held: number | null
  missed: number | null
}

const CLIMB = 2
/** Held and missed are this close in the end. */
const CLOSE = 1.03

export const startSearch = (first: number): Search => ({ level: first, held: null, missed: null })

/**
 * Doubles until a level misses, then halves the distance between the highest held and the lowest missed one. When not
 * even the first level holds it goes down by halves. `whole`: levels are whole numbers (connections). `top`: the highest
 * level that can be tried at all.
 */
export function nextSearch(search: Search, holds: boolean, whole: boolean, top: number): Search {
  const { level } = search
  if (level === null) return search
  const held = holds ? level : search.held
  const missed = holds ? search.missed : level
  const at = (value: number) => (whole ? Math.round(value) : value)
  const give = (next: number | null): Search => ({ level: next, held, missed })
  if (missed === null) return give(level >= top ? null : at(Math.min(top, level * CLIMB)))
  if (held === null) return give(level <= 1 ? null : at(Math.max(1, level / CLIMB)))
  if (missed / held <= CLOSE || (whole && missed - held <= 1)) return give(null)
  // The geometric middle halves the ratio, which is what "close" is measured by.
  return give(at(Math.sqrt(held * missed)))
}
