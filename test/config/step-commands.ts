import { LOAD_GROUPS } from '../../src/config/load-options.ts'
import { switchOn, value } from '../../src/config/option.ts'
import { output } from '../../src/config/options/output.ts'
import type { StepCommand } from '../../src/config/scenario-schema.ts'
import { parseText } from '../../src/config/units.ts'

/** `load` as it is, and a second command that takes several addresses. */
export const STEP_COMMANDS: readonly StepCommand[] = [
  { name: 'load', summary: 'load', groups: [...LOAD_GROUPS, output], urls: 'one' },
  {
    name: 'weigh',
    summary: 'weigh',
    groups: [
      {
        title: 'Scales',
        options: {
          scale: value({ flags: '--scale <name>', help: 'which', parse: parseText }),
          exact: switchOn({ flags: '--exact', help: 'to the gram' }),
        },
      },
    ],
    urls: 'many',
  },
]
