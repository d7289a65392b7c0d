import type { Report } from './report.ts'

// A section says what is to be shown, in words and formatted numbers, without saying how: the terminal, Markdown and
// HTML show the same sections. Texts are raw; whoever renders them makes a peer's strings harmless for his format.

export type Tone = 'good' | 'warning' | 'bad' | 'quiet'

export interface Cell {
  text: string
  tone?: Tone
}

export interface Column {
  head: string
  /** Right-aligned, never broken over lines. */
  number?: boolean
  /** Left out first where there is too little room. */
  optional?: boolean
}

export interface Paragraph {
  head: Cell
  /** Further lines below the head. */
  body: string[]
  /** Drawn with characters: left out where the same is drawn with lines. */
  isDrawing?: boolean
  /** Lines whose columns stand one below the other. */
  chart?: string[]
}

export interface Section {
  id: string
  title: string
  columns: Column[]
  /** As many cells as columns; the first names the row. */
  rows: (string | Cell)[][]
  paragraphs: Paragraph[]
}

/** Null where a report has nothing of the kind. */
export type SectionOf = (report: Report) => Section | null

/** One for each subject. */
export type SectionsOf = (report: Report) => Section[]

export function cellText(cell: string | Cell): string {
  return typeof cell === 'string' ? cell : cell.text
}

export function cellTone(cell: string | Cell): Tone | undefined {
  return typeof cell === 'string' ? undefined : cell.tone
}
