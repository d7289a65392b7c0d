import { defineCommand } from '../command.ts'

export default defineCommand({
  group: 'Gate and compare',
  summary: 'scenario files: several steps with thresholds, what CI calls',
  description: `Runs the steps of scenario files one after the other. A step is a command that makes a report, in the same words as its
options, with its own thresholds. All files are checked before the first step starts.`,
  arguments: [{ term: '<scenario...>', help: 'YAML files, or - for stdin' }],
  async options() {
    const { kubernetes, repeat, run } = await import('../../config/options/run.ts')
    const { shard } = await import('../../config/options/shard.ts')
    const { output } = await import('../../config/options/output.ts')
    const { seed: _, ...words } = output.options
    return [run, repeat, shard, kubernetes, { title: output.title, options: words }]
  },
  examples: [
    ['rtbench run scenarios/smoke.yaml', 'against the embedded endpoint, where the file names no URL'],
    ['rtbench run smoke.yaml --url wss://staging.example.org', 'the same against staging; paths stay'],
    ["rtbench run scenarios/*.yaml -o 'results/{step}.xml'", 'one JUnit file per step'],
    ['rtbench run a.yaml --repeat 10 --against ws://127.0.0.1:9000', 'is B slower than A, or is it noise?'],
    ['rtbench run --kubernetes --shards 10 a.yaml', 'print a Job that runs it on ten pods'],
  ],
  notes: `A scenario file:

  # yaml-language-server: $schema=scenario.schema.json
  name: chat
  defaults:
    url: \${CHAT_URL:-ws://127.0.0.1:8080/echo}
  steps:
    - command: load
      connections: 200
      duration: 10s
      rate: 2/s
      threshold:
        - msg_rtt: p(99)<50ms
        - msgs_lost: count==0

\${NAME} is taken from the environment and must be there; \${NAME:-default} need
not; $\${ stands for \${. Files that options name are looked for beside the
scenario. The exit code is that of the step that needs a look soonest.`,
  async run(call) {
    const { runScenarios } = await import('../run-scenarios.ts')
    return runScenarios(call)
  },
})
