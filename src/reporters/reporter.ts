import type { Report } from '../report/report.ts'

/** Files and folders of `reporters/` that are not units. */
export const reporterParts = ['reporter', 'terminal', 'markup', 'openmetrics-text', 'html-page']

/** What a renderer may know about where its text goes. */
export interface RenderOptions {
  /** Columns of the terminal, or 80 where there is none. */
  width: number
  colour: boolean
}

/** A unit of `reporters/`: pure, Report in, text out. Strings inside a Report come from a possibly hostile peer. */
export interface Reporter {
  /** One line for `rtbench list reporters`. */
  title: string
  /** File endings that select this reporter with `-o FILE`, without the dot. */
  endings: string[]
  render(report: Report, options: RenderOptions): string
}
