import type { OfferedCommand, OfferedOption, Shell } from './completion-words.ts'

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
        const flags = flagsOf(option).map(flag => `'${name} ${flag}'`)
        return `    ${flags.join(' | ')}) ${option.words.length > 0 ? bashWords(option.words) : '_rtbench_files'}; return ;;`
      }),
  )
  const flags = commands.map(
    ({ name, options }) => `    '${name} -'*) ${bashWords(options.map(({ long }) => long))}; return ;;`,
  )
  const others = commands
    .filter(({ takesFiles, words }) => takesFiles || words.length > 0)
    .map(({ name, takesFiles, words }) => `    ${name}) ${takesFiles ? '_rtbench_files' : bashWords(words)} ;;`)
  return `# rtbench completion for bash: source this file, or put it into bash-completion's folder.
_rtbench_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$word"))
}
_rtbench() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    ${bashWords([...names.split(' '), '--help', '--version'])}
    return
  fi
  # bash takes --flag=value for three words.
  if [ "$word" = = ]; then word=''; elif [ "$before" = = ]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  case "$command $before" in
${values.join('\n')}
  esac
  case "$command $word" in
${flags.join('\n')}
  esac
  case "$command" in
${others.join('\n')}
  esac
}
complete -F _rtbench rtbench
`
}

const bashWords = (words: readonly string[]) => `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word"))`

function zsh(commands: readonly OfferedCommand[]): string {
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`)
  const cases = commands.map(({ name, options, takesFiles, words }) => {
    const flags = options.flatMap(option => flagsOf(option).map(flag => quoted(zshOption(flag, option))))
    // Without a place for its arguments zsh would offer nothing after an address.
    const others = takesFiles
      ? "'*:file:_files'"
      : words.length > 0
        ? `'1:word:(${words.join(' ')})'`
        : "'*:address:()'"
    return `      ${name})\n        _arguments \\\n          ${[...flags, others].join(' \\\n          ')} ;;`
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
  return `*${flag}${flag.startsWith('--') ? '=' : ''}[${text}]:value:${words.length > 0 ? `(${words.join(' ')})` : '_files'}`
}

function fish(commands: readonly OfferedCommand[]): string {
  const names = commands.map(
    ({ name, summary }) => `complete -c rtbench -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
  )
  const options = commands.flatMap(({ name, options, takesFiles, words }) => {
    const when = quoted(`__fish_seen_subcommand_from ${name}`)
    const offered = words.length === 0 ? '' : ` -a ${quoted(words.join(' '))}`
    const own = takesFiles ? [] : [`complete -c rtbench -n ${when} -f${offered}`]
    return [...own, ...options.map(option => fishOption(when, option))]
  })
  return `# rtbench completion for fish: put this file into ~/.config/fish/completions as rtbench.fish.
${[...names, ...options].join('\n')}
`
}

function fishOption(when: string, { short, long, help, takesValue, words }: OfferedOption): string {
  const letter = short === null ? '' : ` -s ${short.slice(1)}`
  const value = words.length > 0 ? ` -x -a ${quoted(words.join(' '))}` : takesValue ? ' -r -F' : ''
  return `complete -c rtbench -n ${when}${letter} -l ${long.slice(2)}${value} -d ${quoted(help)}`
}

// For zsh and fish alike: inside single quotes only the quote itself, and in fish the backslash, mean something.
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
