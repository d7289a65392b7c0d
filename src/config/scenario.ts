// A scenario file → steps, each the words of one command. What is wrong is said with file, line, column and key.
import type { z } from 'zod'
import { UsageError } from './errors.ts'
import { didYouMean } from './nearest.ts'
import { longName, type Option } from './option.ts'
import type { Given } from './read-options.ts'
import { type Environment, parseScenarioText, type Path, type ScenarioDocument } from './scenario-document.ts'
import { type ScenarioFile, type ScenarioSchema, type StepCommand } from './scenario-schema.ts'
import { scenarioMistake } from './scenario-mistake.ts'

export interface ScenarioStep {
  /** Unique in its file. */
  name: string
  command: string
  args: string[]
  /** By long name in camelCase, as from a command line. */
  given: Given
  /** A mistake in the step's words with its place put in front. */
  locate(error: UsageError): UsageError
}

export interface Scenario {
  file: string
  name: string
  steps: ScenarioStep[]
}

export interface ScenarioSource {
  file: string
  text: string
  env: Environment
}

export function readScenario(
  { file, text, env }: ScenarioSource,
  schema: ScenarioSchema,
  commands: readonly StepCommand[],
): Scenario {
  const document = parseScenarioText(file, text, env)
  const parsed = schema.safeParse(document.value)
  if (!parsed.success) throw scenarioMistake(document, parsed.error as z.ZodError, commands)
  const content = parsed.data as ScenarioFile
  refuseUselessDefaults(document, content, commands)
  const names = new Set<string>()
  const steps = content.steps.map((step, index) => {
    const command = commands.find(({ name }) => name === step.command)!
    const name = uniqueName(step.name, step.command, names, message =>
      document.mistake(['steps', index, 'name'], message, 'value'),
    )
    return readStep(document, content, command, index, name)
  })
  const usual = file.replace(/^.*[/\\]/, '').replace(/\.\w+$/, '')
  return { file, name: content.name ?? usual, steps }
}

type Step = Record<string, unknown>

function readStep(
  document: ScenarioDocument,
  content: ScenarioFile,
  command: StepCommand,
  index: number,
  name: string,
): ScenarioStep {
  const step: Step = content.steps[index]!
  const defaults: Step = content.defaults ?? {}
  const own = new Map<string, Option>(
    command.groups.flatMap(group => Object.values(group.options)).map(option => [longName(option), option]),
  )
  const given: Record<string, unknown> = {}
  for (const [key, option] of own) {
    const word = step[key] ?? defaults[key]
    if (word !== undefined) given[camelCase(key)] = option.kind === 'list' ? asWords(word) : word
  }
  const urls = [step['url'] ?? defaults['url']].flat().filter(url => typeof url === 'string' && url !== '')
  const pathOf = (key: string): Path => (key in step || !(key in defaults) ? ['steps', index, key] : ['defaults', key])
  return {
    name,
    command: command.name,
    args: urls as string[],
    given,
    locate(error) {
      const { option } = error
      const path = option === null ? pathOf('url') : pathOf(option)
      const exact = error.item === null ? path : [...path, error.item]
      return document.mistake(exact, error.message, error.item === null ? 'key' : 'value')
    },
  }
}

// `- Authorization: x` is a map in YAML and one line to us.
const asWords = (word: unknown): unknown[] =>
  [word]
    .flat()
    .flatMap(item =>
      typeof item === 'object' && item !== null
        ? Object.entries(item).map(([name, value]) => `${name}: ${String(value)}`)
        : [item],
    )

export const camelCase = (name: string): string =>
  name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

function uniqueName(
  given: string | undefined,
  command: string,
  taken: Set<string>,
  mistake: (message: string) => UsageError,
): string {
  if (given !== undefined && !/^[\w][\w .-]{0,63}$/.test(given))
    throw mistake('a step name is up to 64 letters, digits, blanks, dots and dashes')
  if (given !== undefined && taken.has(given)) throw mistake(`two steps are called ${JSON.stringify(given)}`)
  let name = given ?? command
  for (let number = 2; taken.has(name); number += 1) name = `${command}-${number}`
  taken.add(name)
  return name
}

function refuseUselessDefaults(
  document: ScenarioDocument,
  { defaults = {}, steps }: ScenarioFile,
  commands: readonly StepCommand[],
): void {
  const used = commands.filter(({ name }) => steps.some(step => step.command === name))
  const known = [
    'url',
    ...used.flatMap(({ groups }) => groups.flatMap(group => Object.values(group.options).map(longName))),
  ]
  for (const key of Object.keys(defaults))
    if (!known.includes(key))
      throw document.mistake(['defaults', key], `no step has a use for ${key}${didYouMean(key, known)}`)
}
