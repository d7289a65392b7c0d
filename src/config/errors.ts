/** A mistake in what the user wrote: one sentence naming the flag, key or line to change. Exit 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}
