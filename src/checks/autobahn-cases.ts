/** How many cases each subcategory of the Autobahn test suite 25.10.1 has enabled; 9.9 and the empty ones are left out. */
const COUNTS: Readonly<Record<string, number | readonly number[]>> = {
  '1': [8, 8],
  '2': 11,
  '3': 7,
  '4': [5, 5],
  '5': 20,
  '6': [3, 4, 2, 4, 5, 11, 4, 2, 4, 3, 5, 8, 5, 10, 1, 3, 5, 5, 5, 7, 8, 34, 7],
  '9': [6, 6, 9, 9, 6, 6, 6, 6],
  '10': [1],
  '12': [18, 18, 18, 18, 18],
  '13': [18, 18, 18, 18, 18, 18, 18],
}

/** Category 7 has gaps. */
const CLOSE: readonly (readonly [subcategory: number, count: number])[] = [
  [1, 6],
  [3, 6],
  [5, 1],
  [7, 13],
  [9, 9],
  [13, 2],
]

const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}.${index + 1}`)

/** The ids of all enabled cases. */
export const autobahnCases: readonly string[] = [
  ...Object.entries(COUNTS).flatMap(([category, counts]) =>
    typeof counts === 'number'
      ? numbered(category, counts)
      : counts.flatMap((count, index) => numbered(`${category}.${index + 1}`, count)),
  ),
  ...CLOSE.flatMap(([subcategory, count]) => numbered(`7.${subcategory}`, count)),
]

/** The cases that `6.5.1-6.5.5`, `6.5.*` or `6.5.1` names; throws where it names none. */
export function expandCases(pattern: string): string[] {
  const [first = '', last] = pattern.split('-')
  const found = autobahnCases.filter(id => {
    if (first.endsWith('.*')) return id.startsWith(first.slice(0, -1))
    if (last === undefined) return id === first
    const [prefix, from] = cut(first)
    const [other, to] = cut(last)
    const [own, number] = cut(id)
    return own === prefix && own === other && number >= from && number <= to
  })
  if (found.length === 0) throw new Error(`no case of Autobahn is called ${pattern}`)
  return found
}

function cut(id: string): [prefix: string, number: number] {
  const dot = id.lastIndexOf('.')
  return [id.slice(0, dot), Number(id.slice(dot + 1))]
}
