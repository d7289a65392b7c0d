// argv → exit code; the only catch-all.
import type { Call, Command } from './cli/command.ts'
import { EXIT, type ExitCode } from './cli/exit-code.ts'
import { keptAnswer } from './cli/kept-help.ts'
import { UsageError } from './config/errors.ts'
import { type ProcessWorld, StreamError, thisProcess } from './world/process.ts'
import { version } from './world/version.ts'

const MOST_OF_A_MESSAGE = 4000

export async function main(words: readonly string[], world: ProcessWorld = thisProcess()): Promise<ExitCode> {
  try {
    const kept = keptAnswer(words)
    if (kept !== null) {
      await world.out(kept)
      return EXIT.held
    }
    const { loadCommands } = await import('./cli/commands-found.ts')
    const { parseWords } = await import('./cli/program.ts')
    const parsed = await parseWords(words, await loadCommands(commandWord(words)), version())
    if ('call' in parsed) return await perform(parsed.call.command, { ...parsed.call, world })
    if (parsed.isAnswer) {
      await world.out(parsed.text)
      return EXIT.held
    }
    world.err(parsed.text)
    return EXIT.usage
  } catch (error) {
    if (error instanceof UsageError) {
      // What it quotes may come from a file or a server.
      const { plainLine } = await import('./report/text.ts')
      world.err(`rtbench: ${plainLine(error.message, MOST_OF_A_MESSAGE)}\n`)
      return EXIT.usage
    }
    if (error instanceof StreamError) {
      world.err(`rtbench: stdout could not be written: ${error.message}\n`)
      return EXIT.usage
    }
    world.err(bugReport(error, world.env['RTBENCH_DEBUG'] === '1'))
    return EXIT.bug
  }
}

async function perform(command: Command, call: Call): Promise<ExitCode> {
  const code = (await command.run?.(call)) ?? null
  if (code !== null || command.prepare === undefined) return code ?? EXIT.held
  const { textReader } = await import('./cli/read-text.ts')
  const run = await command.prepare({ ...call, readText: textReader(call.world) })
  const { runAndReport } = await import('./cli/run-and-report.ts')
  return runAndReport(call, run)
}

// `rtbench help load` is about load.
const commandWord = (words: readonly string[]) => (words[0] === 'help' ? words[1] : words[0])

function bugReport(error: unknown, withStack: boolean): string {
  const message = error instanceof Error ? error.message : String(error)
  const stack = withStack && error instanceof Error ? `\n${error.stack ?? ''}` : ''
  const hint = withStack ? '' : '; RTBENCH_DEBUG=1 shows where'
  return `rtbench: this is a bug in rtbench: ${message}${hint}${stack}\n`
}
