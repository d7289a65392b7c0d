import type { ListOption, Option, SwitchOption, ToggleOption } from './option.ts'

type Word<Given extends Option> =
  Given extends ListOption<unknown>
    ? string | readonly string[]
    : Given extends SwitchOption | ToggleOption
      ? boolean
      : string | number

type WordsOf<Group> = Group extends { options: infer Options extends Record<string, Option> }
  ? { [Key in keyof Options]?: Word<Options[Key]> | undefined }
  : never
type Together<Union> = (Union extends unknown ? (part: Union) => void : never) extends (all: infer All) => void
  ? All
  : never

/** The options of these groups as an object that a program writes: each word as on the command line. */
export type OptionWords<Groups> = Together<WordsOf<Groups>>
