/** Something that a check relied on did not happen, so it can say neither yes nor no. Verdict `error`. */
export class CannotTell extends Error {
  override name = 'CannotTell'
}
