import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UsageError } from '../../src/config/errors.ts'
import { resolveLoad } from '../../src/config/load-config.ts'
import { readScenario } from '../../src/config/scenario.ts'
import { scenarioSchema } from '../../src/config/scenario-schema.ts'
import { STEP_COMMANDS } from './step-commands.ts'

const schema = scenarioSchema(STEP_COMMANDS)

// As `rtbench run` does: the file as a whole first, then each step's words.
function check(text: string): void {
  const { steps } = readScenario({ file: 'x.yaml', text, env: {} }, schema, STEP_COMMANDS)
  for (const step of steps)
    try {
      if (step.command === 'load') resolveLoad(step.args[0], step.given, () => 'PEM')
    } catch (error) {
      throw error instanceof UsageError ? step.locate(error) : error
    }
}

const CASES: [what: string, text: string, sentence: RegExp][] = [
  [
    'a misspelt key of a step',
    'steps:\n  - command: load\n    conections: 5\n',
    /^x.yaml:3:5: there is no key "conections" in a load step: did you mean connections\?$/,
  ],
  ['a camelCase key', 'steps:\n  - command: load\n    connectRate: 5\n', /^x.yaml:3:5: .*did you mean connect-rate or/],
  ['a misspelt key at the top', 'setps:\n  - command: load\n', /^x.yaml:1:1: .*(steps|"setps")/],
  [
    'a misspelt default',
    'defaults:\n  timout: 5s\nsteps:\n  - command: load\n',
    /^x.yaml:2:3: there is no key "timout" in defaults: did you mean timeout\?/,
  ],
  [
    'a default no step has a use for',
    'defaults:\n  scale: big\nsteps:\n  - command: load\n',
    /^x.yaml:2:3: no step has a use for scale/,
  ],
  [
    'an unknown command',
    'steps:\n  - command: laod\n',
    /^x.yaml:2:14: there is no command "laod": did you mean load\?/,
  ],
  ['no command', 'steps:\n  - connections: 5\n', /^x.yaml:2:5: the step has no "command": write command: load, weigh/],
  ['no steps', 'name: x\n', /^x.yaml:1:1: steps is a list with at least one step/],
  ['an empty list of steps', 'name: x\nsteps: []\n', /^x.yaml:2:1: steps is a list with at least one step/],
  ['an empty file', '', /^x.yaml:1:1: a scenario is a map with the key "steps"/],
  [
    'a list instead of a value',
    'steps:\n  - command: load\n    duration: [5s]\n',
    /^x.yaml:3:5: duration is one text or number/,
  ],
  [
    'a text instead of true',
    'steps:\n  - command: load\n    deflate: maybe\n',
    /^x.yaml:3:5: deflate is true or false/,
  ],
  [
    'a word that is none of the few',
    'steps:\n  - command: load\n    transport: websocket\n',
    /^x.yaml:3:5: transport "websocket" is none of auto, ws, sse, poll/,
  ],
  [
    'a word that is nearly one of the few',
    'steps:\n  - command: load\n    pattern: ekho\n',
    /^x.yaml:3:5: pattern "ekho" is none of echo, publish, listen, idle: did you mean echo\?$/,
  ],
  [
    'a list where one of the few words stands',
    'steps:\n  - command: load\n    pattern: [echo]\n',
    /^x.yaml:3:5: pattern is one of echo, publish, listen, idle$/,
  ],
  ['a step that is no map', 'steps:\n  - load\n', /^x.yaml:2:5: step 1 is a map with the key "command"/],
  ['a time without a unit', 'steps:\n  - command: load\n    duration: 10\n', /^x.yaml:3:5: --duration 10 has no unit/],
  [
    'one wrong threshold of several',
    'steps:\n  - command: load\n    threshold:\n      - msgs_lost: count==0\n      - msg_rt: p(99)<5ms\n',
    /^x.yaml:5:9: --threshold "msg_rt: p\(99\)<5ms": there is no metric "msg_rt": did you mean msg_rtt/,
  ],
  [
    'a contradiction',
    'steps:\n  - command: load\n    rate: 1\n    total-rate: 2\n',
    /^x.yaml:3:5: --rate is per connection/,
  ],
  [
    'a contradiction with a default',
    'defaults:\n  deflate: true\nsteps:\n  - command: load\n    transport: sse\n',
    /^x.yaml:2:3: --deflate has no meaning/,
  ],
  [
    'a variable that is not set',
    'steps:\n  - command: load\n    url: ws://${NO_SUCH}/\n',
    /^x.yaml:3:10: the environment has no NO_SUCH: set it, or write \$\{NO_SUCH:-default\}/,
  ],
  [
    'a variable that is none',
    'steps:\n  - command: load\n    url: ws://${1x}/\n',
    /^x.yaml:3:10: .* is not \$\{NAME\}/,
  ],
  [
    'a key given twice',
    'steps:\n  - command: load\n    rate: 1\n    rate: 2\n',
    /^x.yaml:4:5: Map keys must be unique/,
  ],
  [
    'a value with a colon',
    'steps:\n  - command: load\n    threshold: msg_rtt: p(99)<5ms\n',
    /^x.yaml:3:\d+: Nested mappings.* \(put a value with ": " in quotes\)/,
  ],
  ['broken YAML', 'steps: [\n', /^x.yaml:\d+:\d+: /],
  [
    'two steps of one name',
    'steps:\n  - {command: load, name: a}\n  - {command: load, name: a}\n',
    /^x.yaml:3:27: two steps are called "a"/,
  ],
  ['a name that is no file name', 'steps:\n  - {command: load, name: ../a}\n', /^x.yaml:2:27: a step name is/],
  [
    'an address without a scheme',
    'steps:\n  - command: load\n    url: localhost:1/x\n',
    /^x.yaml:\d+:\d+: url "localhost:1\/x" has no scheme/,
  ],
  [
    'an alias that multiplies',
    'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n',
    /^x.yaml:1:1: .*alias/i,
  ],
]

describe('a mistake in a scenario file: file, line, column, key', () => {
  for (const [what, text, sentence] of CASES)
    it(what, () =>
      assert.throws(
        () => check(text),
        (error: unknown) => {
          assert.ok(error instanceof UsageError, String(error))
          assert.match(error.message, sentence)
          assert.doesNotMatch(error.message, /\n/)
          return true
        },
      ),
    )
})
