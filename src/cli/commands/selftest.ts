import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export default defineCommand({
  group: 'Around it',
  summary: 'every check against its own good and bad servers',
  description: `Runs each check against scripted servers that do right and wrong, in memory and in virtual time. It tells that this copy of
rtbench judges as it says; no network is used.`,
  arguments: [],
  options: async () => [
    (await import('../../config/options/check.ts')).selection,
    (await import('../../config/options/json.ts')).json,
  ],
  examples: [
    ['rtbench selftest', 'all checks, in seconds'],
    ["rtbench selftest --only 'ws.close.*'", 'those of one section'],
  ],
  async run({ given, world }) {
    const { selectUnits } = await import('../../engine/check/select.ts')
    const { loadChecks } = await import('../../engine/check/units.ts')
    const { runSelfTests } = await import('../../engine/selftest.ts')
    const { selfTestText } = await import('../selftest-text.ts')
    const { only = [], skip = [] } = given as { only?: string[]; skip?: string[] }
    const units = selectUnits(await loadChecks(), only, skip)
    const results = await runSelfTests(units)
    const rows = results.map(({ id, peer, expected, verdict, ok, problem }) => ({
      id,
      peer,
      expected,
      verdict: verdict.kind,
      ok,
      problem,
    }))
    await world.out(given['json'] === true ? `${JSON.stringify(rows, null, 2)}\n` : selfTestText(units.length, results))
    return results.every(({ ok }) => ok) ? EXIT.held : EXIT.failed
  },
})
