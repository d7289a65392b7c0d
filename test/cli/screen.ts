/** As much of a terminal as the live view uses: what is on it after the text was written. */
export function screen(width: number) {
  let rows: string[][] = [[]]
  let row = 0
  let column = 0
  const put = (character: string) => {
    if (column === width) {
      row += 1
      column = 0
    }
    while (rows.length <= row) rows.push([])
    rows[row]![column] = character
    column += 1
  }
  const control: Record<string, (count: number) => void> = {
    A: count => {
      row = Math.max(0, row - count)
    },
    J: () => {
      rows = rows.slice(0, row + 1)
      rows[row]!.length = column
    },
    m: () => {},
  }
  return {
    write(text: string): void {
      for (const [, count, escape, plain] of text.matchAll(/\x1b\[(\d*)([A-Za-z])|([^])/gu)) {
        if (escape !== undefined) control[escape]!(Number(count || 1))
        else if (plain === '\r') column = 0
        else if (plain === '\n') {
          row += 1
          column = 0
          while (rows.length <= row) rows.push([])
        } else put(plain!)
      }
    },
    /** What a terminal does to long lines when it becomes narrower. */
    shrink(to: number): void {
      const before = rows.slice(0, row).flatMap(cells => broken(cells, to)).length
      const own = broken(rows[row]!.slice(0, column), to).length
      rows = rows.flatMap(cells => broken(cells, to))
      width = to
      row = before + own - 1
      column = column % to || (column > 0 ? to : 0)
    },
    lines: () =>
      rows.map(cells =>
        cells
          .map(cell => cell ?? ' ')
          .join('')
          .trimEnd(),
      ),
  }
}

function broken(cells: string[], width: number): string[][] {
  const parts: string[][] = []
  for (let at = 0; at === 0 || at < cells.length; at += width) parts.push(cells.slice(at, at + width))
  return parts
}
