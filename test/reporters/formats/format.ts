/** What a format's own schema, grammar or parser finds wrong. */
export interface Format {
  errors(text: string): string[] | Promise<string[]>
  /** Texts that it must find wrong: a validator that accepts everything proves nothing. */
  wrong: string[]
}
