/** The names that somebody who wrote `wrong` may have meant, nearest first; at most three. */
export function nearNames(wrong: string, names: readonly string[]): string[] {
  const allowed = Math.max(2, Math.floor(wrong.length / 3))
  return names
    .map(name => ({ name, distance: sharesPart(wrong, name) ? 1 : editDistance(wrong.slice(0, 80), name) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

// `rtt` means msg_rtt, `latency` push_latency.
function sharesPart(wrong: string, name: string): boolean {
  return wrong.length >= 3 && name.split('_').includes(wrong.toLowerCase())
}

function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, above[column]! + 1, current[column - 1]! + 1))
    }
    above = current
  }
  return above[b.length]!
}
