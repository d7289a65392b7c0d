import { LOAD_GROUPS } from './load-options.ts'
import type { OptionWords } from './option-words.ts'
import { output } from './options/output.ts'
import { type Given, refuseUnknown } from './read-options.ts'

/** The options of `rtbench load` as an object; without `url` the embedded endpoint is started. */
export type LoadWords = { url?: string | undefined; seed?: number | undefined } & OptionWords<
  (typeof LOAD_GROUPS)[number]
>

/** The words as they are, after a look for misspelt ones. */
export function loadWords(words: LoadWords): Given {
  refuseUnknown([...LOAD_GROUPS, { title: output.title, options: { seed: output.options.seed } }], words, ['url'])
  return words
}
