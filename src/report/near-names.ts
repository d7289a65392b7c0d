/** The names that somebody who wrote `wrong` may have meant, nearest first; at most three. */
export function nearNames(wrong: string, names: readonly string[]): string[] {
  const asked = wrong.toLowerCase().slice(0, 80)
  const allowed = Math.max(2, Math.floor(wrong.length / 3))
  return names
    .map(name => ({ name, distance: isPart(asked, name) ? 1 : editDistance(asked, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.min(allowed, Math.max(asked.length, name.length) - 1))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

// `rtt` means msg_rtt, `latency` push_latency, `--conn` --connections.
function isPart(asked: string, name: string): boolean {
  return asked.length >= 3 && (name.startsWith(asked) || name.split(/[_.-]/).includes(asked))
}

// Levenshtein with swaps of neighbours counted once: the usual slips of the finger.
function editDistance(a: string, b: string): number {
  let twoAbove: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swapped = isSwap ? twoAbove[column - 2]! + 1 : replaced
      current.push(Math.min(replaced, swapped, above[column]! + 1, current[column - 1]! + 1))
    }
    twoAbove = above
    above = current
  }
  return above[b.length]!
}
