import { list, switchOn, value } from '../option.ts'
import { parseCount, parseText } from '../units.ts'
import { parseTargetUrl } from '../url.ts'

/** What of a scenario file is run, and against what. */
export const run = {
  title: 'Scenario',
  options: {
    step: list({ flags: '--step <name>', help: 'only the step of this name; repeatable', parse: parseText }),
    url: value({
      flags: '--url <url>',
      help: 'test this instead of what the steps name; without a path only scheme, host and port are replaced',
      parse: parseTargetUrl,
    }),
    allowLimited: switchOn({
      flags: '--allow-limited',
      help: 'exit 0 even where this machine was the limit; the report still says so',
    }),
    bail: switchOn({ flags: '--bail', help: 'stop at the first step that does not hold' }),
    dryRun: switchOn({ flags: '--dry-run', help: 'check the files and list their steps, run nothing' }),
  },
} as const

/** Repeated runs, to tell a difference from noise. */
export const repeat = {
  title: 'Compare',
  options: {
    repeat: value({ flags: '--repeat <n>', help: 'run each step n times', parse: parseCount }),
    against: value({
      flags: '--against <url>',
      help: 'run each step against this too, in the order A B B A, and compare',
      parse: parseTargetUrl,
    }),
  },
} as const

/** The same scenario as a job of many machines. */
export const kubernetes = {
  title: 'Kubernetes',
  options: {
    kubernetes: switchOn({
      flags: '--kubernetes',
      help: 'print the manifest of an Indexed Job that runs the file in shards, run nothing',
    }),
    shards: value({ flags: '--shards <n>', help: 'pods to divide the run over (default: 2)', parse: parseCount }),
    image: value({
      flags: '--image <name>',
      help: 'container image with rtbench in it (default: node:22-slim, by npx)',
      parse: parseText,
    }),
  },
} as const
