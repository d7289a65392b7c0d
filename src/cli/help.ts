// The parts of the help that commander does not write itself.
import type { Command } from './command.ts'
import { wrap } from './wrap.ts'

export const PROGRAM_DESCRIPTION = `Tests realtime endpoints: WebSocket, Server-Sent Events, long polling. Without a URL, commands
run against an endpoint of their own.`

export const PROGRAM_NOTES = `
Examples:
  rtbench load
      a few seconds of WebSocket echo on the embedded endpoint
  rtbench load wss://example.org/chat -c 1000 -d 30s -r 2
      1000 connections, two messages per second on each
  rtbench load https://example.org/events --threshold 'event_gap: p(99)<2s'
      time what a stream sends, and fail where it stalls

Exit codes:
  0  all held
  1  a demand of level "must" or a threshold failed
  2  usage or scenario error, also when nothing was selected
  3  the measurement is invalid: this machine was the limit
  4  the target could not be reached
  70 a bug in rtbench
  130, 143  interrupted by SIGINT or SIGTERM, after the partial report

Units:
  times 500ms 30s 5m 1h, sizes 512B 64KiB 1MB, counts 200 10k, rates 500/s

Environment:
  NO_COLOR       no colour, whatever it is set to
  FORCE_COLOR    colour also where stdout is not a terminal
  RTBENCH_DEBUG  1: show the stack of a bug in rtbench

Results go to stdout, progress and errors to stderr.`

/** What follows a command's options: examples, notes. */
export function commandNotes(command: Command): string {
  const examples = command.examples.map(([line, what]) => `  ${line}\n${wrap(what, '      ')}`).join('\n')
  const notes = command.notes === undefined ? '' : `\n\n${command.notes}`
  return `${examples === '' ? '' : `\nExamples:\n${examples}`}${notes}`
}
