import { KINDS, type Kind, type Thing } from './kinds.ts'

/** One block per kind, the ids in a column of their own. */
export function listText(things: readonly Thing[]): string {
  const kinds = (Object.keys(KINDS) as Kind[]).filter(kind => things.some(thing => thing.kind === kind))
  return kinds
    .map(kind => {
      const own = things.filter(thing => thing.kind === kind)
      const width = Math.max(...own.map(({ id }) => id.length))
      const lines = own.map(({ id, title }) => `  ${id.padEnd(width)}  ${title}`)
      return `${kind}: ${KINDS[kind]}\n${lines.join('\n')}\n`
    })
    .join('\n')
}
