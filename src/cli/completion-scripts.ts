import type { OfferedCommand, OfferedOption } from './completion-words.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** A script for the shell's start-up file; it holds all words itself, so that a tab starts no process. */
export function completionScript(shell: Shell, commands: readonly OfferedCommand[]): string {
  return shell === 'fish' ? fish(commands) : shell === 'zsh' ? zsh(commands) : bash(commands)
}

const flagsOf = ({ short, long }: OfferedOption) => (short === null ? [long] : [short, long])

function bash(commands: readonly OfferedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(option => {
        const words =
          option.words.length > 0 ? `COMPREPLY=($(compgen -W '${option.words.join(' ')}' -- "$word"))` : FILES
        return `    ${flagsOf(option)
          .map(flag => `'${name} ${flag}'`)
          .join(' | ')}) ${words}; return ;;`
      }),
  )
  const flags = commands.map(
    ({ name, options }) => `    ${name}) words='${options.map(({ long }) => long).join(' ')}' ;;`,
  )
  return `# rtbench completion for bash: source this file, or put it into bash-completion's folder.
_rtbench() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]} words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names} help --help --version' -- "$word"))
    return
  fi
  case "$command $before" in
${values.join('\n')}
  esac
  case "$command" in
${flags.join('\n')}
  esac
  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$word")); else ${FILES}; fi
}
complete -o filenames -F _rtbench rtbench
`
}

const FILES = 'COMPREPLY=($(compgen -f -- "$word"))'

function zsh(commands: readonly OfferedCommand[]): string {
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`)
  const cases = commands.map(({ name, options }) => {
    const lines = options.flatMap(option => flagsOf(option).map(flag => `        ${quoted(zshOption(flag, option))}`))
    return `      ${name})\n        _arguments \\\n${lines.join(' \\\n')} \\\n          '*:file:_files' ;;`
  })
  return `#compdef rtbench
# rtbench completion for zsh: put this file into a folder of $fpath as _rtbench.
_rtbench() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _rtbench ]; then _rtbench "$@"; else compdef _rtbench rtbench; fi
`
}

function zshOption(flag: string, { help, takesValue, words }: OfferedOption): string {
  const text = help.replaceAll(/[[\]:]/g, String.raw`\$&`)
  if (!takesValue) return `${flag}[${text}]`
  return `*${flag}[${text}]:value:${words.length > 0 ? `(${words.join(' ')})` : '_files'}`
}

function fish(commands: readonly OfferedCommand[]): string {
  const names = commands.map(
    ({ name, summary }) => `complete -c rtbench -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
  )
  const options = commands.flatMap(({ name, options }) =>
    options.map(option => {
      const short = option.short === null ? '' : ` -s ${option.short.slice(1)}`
      const value =
        option.words.length > 0 ? ` -x -a ${quoted(option.words.join(' '))}` : option.takesValue ? ' -r' : ''
      const when = quoted(`__fish_seen_subcommand_from ${name}`)
      return `complete -c rtbench -n ${when}${short} -l ${option.long.slice(2)}${value} -d ${quoted(option.help)}`
    }),
  )
  return `# rtbench completion for fish: put this file into ~/.config/fish/completions as rtbench.fish.
${[...names, ...options].join('\n')}
`
}

// For zsh and fish alike: inside single quotes only the quote itself, and in fish the backslash, mean something.
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
