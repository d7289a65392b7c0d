import { LOAD_GROUPS } from './load-options.ts'
import type { ListOption, Option, SwitchOption, ToggleOption } from './option.ts'
import { output } from './options/output.ts'
import { type Given, refuseUnknown } from './read-options.ts'

type Word<Given extends Option> =
  Given extends ListOption<unknown>
    ? string | readonly string[]
    : Given extends SwitchOption | ToggleOption
      ? boolean
      : string | number

type Groups = (typeof LOAD_GROUPS)[number]
type WordsOf<Group> = Group extends { options: infer Options extends Record<string, Option> }
  ? { [Key in keyof Options]?: Word<Options[Key]> | undefined }
  : never
type Together<Union> = (Union extends unknown ? (part: Union) => void : never) extends (all: infer All) => void
  ? All
  : never

/** The options of `rtbench load` as an object; without `url` the embedded endpoint is started. */
export type LoadWords = { url?: string | undefined; seed?: number | undefined } & Together<WordsOf<Groups>>

/** The words as they are, after a look for misspelt ones. */
export function loadWords(words: LoadWords): Given {
  refuseUnknown([...LOAD_GROUPS, { title: output.title, options: { seed: output.options.seed } }], words, ['url'])
  return words
}
