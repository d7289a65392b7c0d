// A metric of a part of a run carries its tags in its key, as in `recovery_t95{policy:full-jitter}`.

export type Tags = Record<string, string>

/** The key of a tagged metric: tags in alphabetical order, none written without tags. */
export function taggedKey(name: string, tags: Tags): string {
  const pairs = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))
  return pairs.length === 0 ? name : `${name}{${pairs.map(([key, value]) => `${key}:${value}`).join(',')}}`
}

/** The reverse of taggedKey. A key without braces has no tags. */
export function splitKey(key: string): { name: string; tags: Tags } {
  const open = key.indexOf('{')
  if (open < 0 || !key.endsWith('}')) return { name: key, tags: {} }
  const pairs = key
    .slice(open + 1, -1)
    .split(',')
    .filter(pair => pair !== '')
    .map((pair): [string, string] => {
      const colon = pair.indexOf(':')
      return colon < 0 ? [pair.trim(), ''] : [pair.slice(0, colon).trim(), pair.slice(colon + 1).trim()]
    })
  return { name: key.slice(0, open), tags: Object.fromEntries(pairs) }
}

/** Whether `tags` hold every one of `asked`. */
export function hasTags(tags: Tags, asked: Tags): boolean {
  return Object.entries(asked).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value)
}
