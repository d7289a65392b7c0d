// The kinds of things that `list` shows and `explain` explains: rooms of units, and the metrics.
import { UsageError } from '../config/errors.ts'
import { didYouMean } from '../config/nearest.ts'
import { quote } from '../config/units.ts'
import { metricCatalogue } from '../report/metric-catalogue.ts'
import { findUnits, loadUnit } from '../world/units.ts'

export const KINDS = {
  checks: 'demands on an endpoint, for rtbench check',
  policies: 'when a client tries again, for --policy and --reconnect',
  overlays: 'what can be laid over a policy with +',
  faults: 'ways to fail, for rtbench outage --fault',
  patterns: 'what a loaded connection does, for --pattern',
  transports: 'how messages travel, for --transport',
  reporters: 'formats of a result, for --format and --output',
  metrics: 'what a run measures, for --threshold',
} as const

export type Kind = keyof typeof KINDS

const ROOMS: Partial<Record<Kind, string>> = { policies: 'reconnect' }

export interface Thing {
  kind: Kind
  id: string
  title: string
  /** Everything else that the unit says about itself. */
  unit: Readonly<Record<string, unknown>>
}

/** All things of a kind, by id. */
export async function loadThings(kind: Kind): Promise<Thing[]> {
  if (kind === 'metrics')
    return Object.entries(metricCatalogue).map(([id, unit]) => ({ kind, id, title: unit.title, unit: { ...unit } }))
  const things: Thing[] = []
  for (const found of findUnits(ROOMS[kind] ?? kind, [])) {
    const unit = await loadUnit<Record<string, unknown> | undefined>(found)
    // A file without a titled default export is a shared part of its room.
    if (typeof unit === 'object' && typeof unit['title'] === 'string')
      things.push({ kind, id: found.id, title: unit['title'], unit })
  }
  return things
}

/** What has this id, or `kind/id`; with nothing of that name a usage error with the near ones. */
export async function findThings(asked: string): Promise<Thing[]> {
  const things = (await Promise.all((Object.keys(KINDS) as Kind[]).map(loadThings))).flat()
  const found = things.filter(({ kind, id }) => id === asked || `${kind}/${id}` === asked)
  if (found.length > 0) return found
  const ids = things.map(({ id }) => id)
  throw new UsageError(
    `there is nothing called ${quote(asked)}${didYouMean(asked, ids) || ': rtbench list shows what there is'}`,
  )
}

/** The kinds that a word names: one, or all of them without a word. */
export function readKinds(asked: string | undefined): Kind[] {
  const known = Object.keys(KINDS) as Kind[]
  if (asked === undefined) return known
  if (known.includes(asked as Kind)) return [asked as Kind]
  throw new UsageError(
    `there is no kind ${quote(asked)}${didYouMean(asked, known) || `: there are ${known.join(', ')}`}`,
  )
}
