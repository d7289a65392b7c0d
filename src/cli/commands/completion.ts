import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export default defineCommand({
  group: 'Around it',
  summary: 'a script that completes commands and options in a shell',
  description: 'Prints a completion script for a shell: commands, options and the words that options take.',
  arguments: [{ term: '<shell>', help: 'bash, zsh or fish' }],
  options: async () => [],
  examples: [
    ['source <(rtbench completion bash)', 'for this shell; in ~/.bashrc for each'],
    ['rtbench completion zsh > ~/.zsh/functions/_rtbench', 'in a folder of $fpath'],
    ['rtbench completion fish > ~/.config/fish/completions/rtbench.fish', 'for fish'],
  ],
  async run({ args, world }) {
    const { completionScript } = await import('../completion-scripts.ts')
    const { offeredCommands, SHELLS } = await import('../completion-words.ts')
    const { oneOf } = await import('../../config/units.ts')
    const shell = oneOf(SHELLS)(args[0]!, 'shell')
    await world.out(completionScript(shell, await offeredCommands()))
    return EXIT.held
  },
})
