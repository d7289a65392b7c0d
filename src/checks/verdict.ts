/** What a check has to say. `error` is not among them: that a check could not be carried out is for the engine to say. */
export type Verdict =
  | { kind: 'pass'; observed: string }
  /** A SHOULD missed, or behaviour that is legal but not what is usual. */
  | { kind: 'warn'; expected: string; observed: string }
  /** A MUST broken. */
  | { kind: 'fail'; expected: string; observed: string }
  | { kind: 'info'; observed: string }
  | { kind: 'skip'; reason: string }

export const pass = (observed = ''): Verdict => ({ kind: 'pass', observed })
export const warn = (expected: string, observed: string): Verdict => ({ kind: 'warn', expected, observed })
export const fail = (expected: string, observed: string): Verdict => ({ kind: 'fail', expected, observed })
export const info = (observed: string): Verdict => ({ kind: 'info', observed })
export const skip = (reason: string): Verdict => ({ kind: 'skip', reason })
