// What a row of the bench table is: contestants that do the same work, and the goals their figures are held to.

/** How long a run is measured, and after what. */
export interface Span {
  warmUpMs: number
  runMs: number
}

/** What one run measured, by the names of the row's figures. */
export type Figures = Record<string, number>

export interface Contestant {
  /** Why it cannot run on this machine; null or absent: it can. */
  missing?(): string | null
  run(span: Span): Promise<Figures>
}

/** A limit on a figure of rtbench: on its ratio to another contestant's, or (`against` null) on the figure itself. */
export type Goal = { figure: string; against: string | null } & ({ most: number } | { least: number })

export interface Row {
  title: string
  /** Name → unit. */
  figures: Record<string, string>
  /** `rtbench` is always one of them. */
  contestants: Record<string, Contestant>
  goals: Goal[]
  /** How many undisturbed rounds are wanted, where they are long or repeat their runs by themselves. */
  rounds?: number
  /** Its rounds count whatever the neighbours do: nothing in them is timed, or disturbed runs are its own business. */
  anyNoise?: true
  /** What stands behind a figure that misses its goal; where it is CPU time the measured share of the kernel is told. */
  limit?: string
}

/** A unit of `rows/`: the rows of one subject. */
export type Rows = Row[]
