// One schema for scenario files, derived from the definitions of the options: it validates, and it is published as
// `scenarios/scenario.schema.json` for editors.
import { z } from 'zod'
import { longName, type Option, type OptionGroup } from './option.ts'

/** A command that can be a step, with the options it has there. */
export interface StepCommand {
  name: string
  summary: string
  groups: readonly OptionGroup[]
  /** How many addresses it takes. */
  urls: 'one' | 'many'
}

const text = z.union([z.string(), z.number()])
// Before `${NAME}` is replaced, any value may stand there as text.
const reference = z.string().regex(/\$\{/)
const url = z.string().describe('ws://, wss://, http:// or https:// address; without it the embedded endpoint')

function wordSchema(option: Option): z.ZodType {
  if (option.kind === 'switch' || option.kind === 'toggle') return z.union([z.boolean(), reference])
  const item = option.words === undefined ? text : z.union([z.enum(option.words), reference])
  if (option.kind === 'value') return item
  const entry = option.isPair === true ? z.union([item, z.record(z.string(), text)]) : item
  return z.union([entry, z.array(entry)])
}

function wordSchemas(groups: readonly OptionGroup[]): Record<string, z.ZodType> {
  const options = groups.flatMap(group => Object.values(group.options))
  return Object.fromEntries(
    options.map(option => [longName(option), wordSchema(option).optional().describe(option.help)]),
  )
}

const urlSchema = (urls: StepCommand['urls']) => (urls === 'one' ? url : z.union([url, z.array(url)])).optional()

const stepSchema = (command: StepCommand) =>
  z
    .strictObject({
      command: z.literal(command.name),
      name: z.string().optional().describe('what the step is called in results'),
      url: urlSchema(command.urls),
      ...wordSchemas(command.groups),
    })
    .describe(command.summary)

export type ScenarioSchema = ReturnType<typeof scenarioSchema>

/** The schema of a whole file. Words under `defaults` hold for every step that knows and does not give them. */
export function scenarioSchema(commands: readonly StepCommand[]) {
  const steps = commands.map(stepSchema)
  return z.strictObject({
    $schema: z.string().optional().describe('for editors'),
    name: z.string().optional().describe('what the scenario is called in results'),
    description: z.string().optional().describe('what it is for'),
    defaults: z
      .strictObject({ url: urlSchema('many'), ...wordSchemas(commands.flatMap(({ groups }) => groups)) })
      .optional()
      .describe('words for every step that knows them and does not give them itself'),
    steps: z
      .array(z.discriminatedUnion('command', steps as [(typeof steps)[0], ...typeof steps]))
      .min(1)
      .describe('run one after the other'),
  })
}

export type ScenarioFile = z.infer<ScenarioSchema>

/** The same as JSON Schema. */
export function publishedSchema(commands: readonly StepCommand[]): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(scenarioSchema(commands))
  return { $schema, title: 'A scenario of rtbench', ...rest }
}
