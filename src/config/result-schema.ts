import { z } from 'zod'

/** Says of a value what departs first from the schema of results, e.g. `metrics.msg_rtt.p50 is missing`; null: nothing. */
export function resultChecker(schema: object): (value: unknown) => string | null {
  const whole = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
  return value => {
    const { success, error } = whole.safeParse(value)
    return success ? null : sentence(value, nearestIssue(error.issues))
  }
}

interface Place {
  path: PropertyKey[]
}

// Of several forms that a value may have the one it departs from least is the one that was meant.
function nearestIssue(issues: readonly z.core.$ZodIssue[]): Place {
  const [first] = issues
  if (first?.code !== 'invalid_union' || first.errors.length === 0) return { path: first?.path ?? [] }
  const [nearest] = first.errors.toSorted((a, b) => a.length - b.length)
  return { path: [...first.path, ...nearestIssue(nearest!).path] }
}

function sentence(value: unknown, { path }: Place): string {
  let part = value
  for (const key of path) part = (part as Record<PropertyKey, unknown> | undefined)?.[key]
  const place = path.map(String).join('.')
  return `${place === '' ? 'it' : place} is ${part === undefined ? 'missing' : 'of another type or range'}`
}
