import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export default defineCommand({
  group: 'Around it',
  summary: 'what this machine can hold: files, ports, memory, and what lifts it',
  description: `Reads the limits of this machine and says how many connections each of them holds, and the line that lifts it. Nothing is
changed and nothing is connected to.`,
  arguments: [],
  options: async () => [(await import('../../config/options/doctor.ts')).doctor],
  examples: [
    ['rtbench doctor', 'before a large run'],
    ['rtbench doctor -c 50k', 'exit 1 unless 50,000 connections fit'],
  ],
  async run({ given, world }) {
    const { doctor } = await import('../../config/options/doctor.ts')
    const { readOptions } = await import('../../config/read-options.ts')
    const { machineHolds } = await import('../../engine/doctor.ts')
    const { doctorText, leastHolding } = await import('../doctor-text.ts')
    const { connections, json } = readOptions(doctor, given)
    const holdings = machineHolds()
    await world.out(json ? `${JSON.stringify(holdings, null, 2)}\n` : doctorText(holdings, connections ?? null))
    return connections !== undefined && leastHolding(holdings).connections! < connections ? EXIT.failed : EXIT.held
  },
})
