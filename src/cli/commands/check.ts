import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export default defineCommand({
  group: 'Test an endpoint',
  summary: 'does it speak the protocol: a verdict for each demand',
  description: `Checks a WebSocket, Server-Sent Events or long-polling endpoint against the standards, demand by demand. Without a URL it
checks an endpoint of its own on all three transports.`,
  arguments: [{ term: '[url]', help: 'ws://, wss://, http:// or https:// address of the endpoint' }],
  async options() {
    const { CHECK_GROUPS } = await import('../../config/check-config.ts')
    const { output } = await import('../../config/options/output.ts')
    return [...CHECK_GROUPS, output]
  },
  examples: [
    ['rtbench check', 'its own endpoint on all three transports'],
    ['rtbench check ws://127.0.0.1:8080/', 'every WebSocket check that applies'],
    ["rtbench check ws://127.0.0.1:8080/ --only 'ws.handshake.*'", 'the opening handshake alone'],
    ['rtbench check ws://127.0.0.1:8080/ --only ws.handshake.accept --wire -', 'one check, byte for byte'],
    [
      'rtbench check http://127.0.0.1:8080/events --publish http://127.0.0.1:8080/publish',
      'an event stream that emits what is posted',
    ],
    ['rtbench check ws://127.0.0.1:8080/ --strict --baseline known.json', 'a gate for CI: nothing new, nothing worse'],
  ],
  notes: `Verdicts: fail, a MUST is broken; warn, a SHOULD is missed or the usual is not
met; info, a value; skip, with the reason; error, it could not be told. A
failure has happened twice. rtbench explain ID says what a check demands.`,
  // As a step of a scenario; a command line can have --list and --wire besides.
  async prepare({ args, given, readText }) {
    const { resolveCheck } = await import('../../config/check-config.ts')
    const { refuseInStep } = await import('../refuse-in-step.ts')
    refuseInStep(given, ['list', 'wire'])
    const config = resolveCheck(args[0], given, readText)
    return async context => {
      const { runCheck } = await import('../../engine/check.ts')
      return runCheck(config, context)
    }
  },
  async run(call) {
    const { given, world } = call
    const { resolveCheck } = await import('../../config/check-config.ts')
    const { textReader } = await import('../read-text.ts')
    const config = resolveCheck(call.args[0], given, textReader(world))
    if (given['list'] === true) {
      const { checkList } = await import('../check-list.ts')
      await world.out(await checkList(config, given['json'] === true))
      return EXIT.held
    }
    const { runAndReport } = await import('../run-and-report.ts')
    const { openWire } = await import('../wire-file.ts')
    const wire = openWire(given['wire'], world)
    return runAndReport(call, async context => {
      const { runCheck } = await import('../../engine/check.ts')
      try {
        return await runCheck(config, { ...context, wire: wire.add })
      } finally {
        wire.close()
      }
    })
  },
})
