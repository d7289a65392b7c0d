import type { Check } from '../../checks/check.ts'
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export default defineCommand({
  group: 'Around it',
  summary: 'the checks, policies, faults, reporters and metrics there are',
  description: 'Lists what options can name, one line each: all of it, or one kind.',
  arguments: [
    { term: '[kind]', help: 'checks, policies, overlays, faults, patterns, transports, reporters or metrics' },
  ],
  options: async () => [(await import('../../config/options/json.ts')).json],
  examples: [
    ['rtbench list policies', 'what --policy and --reconnect can name'],
    ['rtbench list metrics', 'what --threshold can name'],
  ],
  async run({ args, given, world }) {
    const { loadThings, readKinds } = await import('../kinds.ts')
    const { listText } = await import('../list-text.ts')
    const { checkFacts } = await import('../explain-check.ts')
    const things = (await Promise.all(readKinds(args[0]).map(loadThings))).flat()
    const rows = things.map(({ kind, id, title, unit }) => ({
      kind,
      id,
      title,
      ...(kind === 'checks' && checkFacts(unit as unknown as Check<never>)),
    }))
    await world.out(given['json'] === true ? `${JSON.stringify(rows, null, 2)}\n` : listText(things))
    return EXIT.held
  },
})
