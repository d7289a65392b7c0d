/** A mistake in what the user wrote: one sentence naming the flag, key or line to change. Exit 2. */
export class UsageError extends Error {
  override name = 'UsageError'
  /** The long name of the option at fault, without dashes: a scenario file finds line and column by it. */
  option: string | null
  /** Which of the values of a repeated option, counted from zero. */
  item: number | null = null

  constructor(message: string, option: string | null = null) {
    super(message)
    this.option = option
  }
}
