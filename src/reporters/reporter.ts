import type { Report } from '../report/report.ts'

/** Files and folders of `reporters/` that are not units. */
export const reporterParts = ['reporter', 'terminal', 'markup', 'openmetrics-text', 'html-page']

/** What a renderer may know about where its text goes. */
export interface RenderOptions {
  /** Columns of the terminal, or 80 where there is none. */
  width: number
  colour: boolean
  /** The texts of the files named in the reporter's `assets`. */
  assets?: Record<string, string>
  /** An earlier run to lay over this one, where the format can. */
  baseline?: Report
}

/** A unit of `reporters/`: pure, Report in, text out. Strings inside a Report come from a possibly hostile peer. */
export interface Reporter {
  /** One line for `rtbench list reporters`. */
  title: string
  /** File endings that select this reporter with `-o FILE`, without the dot. */
  endings: string[]
  /** The file that is written into a folder, where a folder is what readers of the format are given. */
  fileInFolder?: string
  /** Files of packages that are written into the text, e.g. `uplot/dist/uPlot.iife.min.js`; the caller reads them. */
  assets?: string[]
  render(report: Report, options: RenderOptions): string
}
