import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export default defineCommand({
  group: 'Around it',
  summary: 'what one check, policy, fault or metric demands or does, and why',
  description: 'Explains one thing of rtbench list: what it demands or does, where that is written, how to mend it.',
  arguments: [{ term: '<id>', help: 'as rtbench list shows it; kind/id where two kinds have the same' }],
  options: async () => [],
  examples: [
    ['rtbench explain aws-full', 'the formula of a reconnect policy and where it comes from'],
    ['rtbench explain msg_rtt', 'what a metric counts'],
  ],
  async run({ args, world }) {
    const { findThings } = await import('../kinds.ts')
    const { explainText } = await import('../explain-text.ts')
    await world.out((await findThings(args[0]!)).map(explainText).join('\n'))
    return EXIT.held
  },
})
