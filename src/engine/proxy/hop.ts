import type { Recipe, RemedyKind } from '../../recipes/recipe.ts'
import { findUnits, loadUnit } from '../../world/units.ts'

/** The hop that answered, as far as it gives itself away, and all that is known of hops. */
export interface Hop {
  recipe: Recipe | null
  /** What named it. */
  evidence: string
  recipes: Recipe[]
}

export async function loadRecipes(): Promise<Recipe[]> {
  return Promise.all(findUnits('recipes', ['recipe']).map(unit => loadUnit<Recipe>(unit)))
}

/** Names the hop from the headers it adds; one that adds none may be known by how it behaves. */
export function identifyHop(
  recipes: Recipe[],
  headers: readonly (readonly [string, string])[],
  coalescesMs: number | null,
): Hop {
  for (const recipe of recipes)
    for (const { header, pattern } of recipe.fingerprints)
      for (const [name, value] of headers)
        if (name.toLowerCase() === header && pattern.test(value))
          return { recipe, evidence: `${name}: ${value.slice(0, 80)}`, recipes }
  for (const recipe of recipes) {
    const [from, to] = recipe.coalescesMs ?? [0, 0]
    if (coalescesMs !== null && coalescesMs >= from && coalescesMs <= to)
      return {
        recipe,
        evidence: `small pieces wait about ${Math.round(coalescesMs)} ms, and no header names a hop`,
        recipes,
      }
  }
  return { recipe: null, evidence: '', recipes }
}

/** The lines that mend it: of the hop that was named, else of every tested hop that has some. */
export function remedyLines(hop: Hop, kind: RemedyKind, fill: Record<string, string> = {}): string[] {
  const known = hop.recipe?.remedies[kind] === undefined ? null : hop.recipe
  const recipes = known === null ? hop.recipes.filter(({ basis }) => basis === 'tested') : [known]
  return recipes.flatMap(recipe => {
    const lines = recipe.remedies[kind]
    if (lines === undefined) return []
    const mark = recipe.basis === 'tested' ? '' : ` (documented: ${recipe.source}; not verified here)`
    return [`${recipe.title}: ${lines.map(line => filled(line, fill)).join(' ')}${mark}`]
  })
}

function filled(line: string, fill: Record<string, string>): string {
  let text = line
  for (const [name, value] of Object.entries(fill)) text = text.replaceAll(`{${name}}`, value)
  return text
}

/** Whose timeout this usually is: limits of the hop that was named, else of any, within a second or two per cent. */
export function timeoutOwners(hop: Hop, seconds: number): string[] {
  const near = (limit: number) => Math.abs(limit - seconds) <= Math.max(1, limit * 0.02)
  const of = (recipes: Recipe[]) =>
    recipes.flatMap(({ title, timeouts }) =>
      timeouts.filter(timeout => near(timeout.seconds)).map(({ what }) => `${title}: ${what}`),
    )
  const own = hop.recipe === null ? [] : of([hop.recipe])
  return own.length > 0 ? own : of(hop.recipes)
}
