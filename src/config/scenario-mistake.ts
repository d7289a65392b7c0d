// What the schema found wrong, in words of ours: the key, what it takes, the nearest right one.
import type { z } from 'zod'
import type { UsageError } from './errors.ts'
import { didYouMean } from './nearest.ts'
import { longName, type Option } from './option.ts'
import type { Path, ScenarioDocument } from './scenario-document.ts'
import type { StepCommand } from './scenario-schema.ts'
import { quote } from './units.ts'

const TOP = ['name', 'description', 'defaults', 'steps']

export function scenarioMistake(
  document: ScenarioDocument,
  error: z.ZodError,
  commands: readonly StepCommand[],
): UsageError {
  const issue = error.issues[0]!
  const path = issue.path as (string | number)[]
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!
    const known = knownKeys(document.value, path, commands)
    return document.mistake(
      [...path, key],
      `there is no key ${quote(key)}${where(document.value, path)}${didYouMean(key, known)}`,
    )
  }
  const last = path.at(-1)
  if (last === 'command') return commandMistake(document, path, commands)
  const option = optionAt(
    String(path.find(part => typeof part === 'string' && part !== 'steps' && part !== 'defaults')),
    commands,
  )
  if (path.length === 0) return document.mistake([], 'a scenario is a map with the key "steps"')
  const asked = valueAt(document.value, path)
  return document.mistake(path, `${key(path)} ${expected(path, option, asked)}`, path.length === 2 ? 'value' : 'key')
}

function commandMistake(document: ScenarioDocument, path: Path, commands: readonly StepCommand[]): UsageError {
  const names = commands.map(({ name }) => name)
  const asked = valueAt(document.value, path)
  if (asked === undefined)
    return document.mistake(path.slice(0, -1), `the step has no "command": write command: ${names.join(', ')}`)
  const near = typeof asked === 'string' ? didYouMean(asked, names) : ''
  return document.mistake(
    path,
    `there is no command ${quote(String(asked))}${near || `: there are ${names.join(', ')}`}`,
    'value',
  )
}

function knownKeys(value: unknown, path: Path, commands: readonly StepCommand[]): string[] {
  if (path.length === 0) return TOP
  const asked = path[0] === 'steps' ? valueAt(value, [...path.slice(0, 2), 'command']) : undefined
  const used = commands.filter(({ name }) => asked === undefined || name === asked)
  const options = used.flatMap(({ groups }) => groups.flatMap(group => Object.values(group.options)))
  return [...(path[0] === 'steps' ? ['command', 'name'] : []), 'url', ...new Set(options.map(longName))]
}

function where(value: unknown, path: Path): string {
  if (path.length === 0) return ''
  if (path[0] === 'defaults') return ' in defaults'
  const command = valueAt(value, [...path.slice(0, 2), 'command'])
  return typeof command === 'string' ? ` in a ${command} step` : ''
}

function expected(path: Path, option: Option | undefined, asked: unknown): string {
  if (path[0] === 'steps' && path.length === 1) return 'is a list with at least one step'
  if (path[0] === 'steps' && path.length === 2) return 'is a map with the key "command"'
  if (path[0] === 'defaults' && path.length === 1) return 'is a map of words for all steps'
  if (option === undefined) return 'is a text'
  if (option.kind === 'switch' || option.kind === 'toggle') return 'is true or false'
  if (option.words !== undefined)
    return typeof asked === 'string'
      ? `${quote(asked)} is none of ${option.words.join(', ')}${didYouMean(asked, option.words)}`
      : `is one of ${option.words.join(', ')}`
  return option.kind === 'list' ? 'is a text or a list of texts' : 'is one text or number'
}

const key = (path: Path) => {
  const name = path.findLast(part => typeof part === 'string')
  return path.length === 2 && path[0] === 'steps' ? `step ${Number(path[1]) + 1}` : String(name)
}

function optionAt(name: string, commands: readonly StepCommand[]): Option | undefined {
  const options = commands.flatMap(({ groups }) => groups.flatMap(group => Object.values(group.options)))
  return options.find(option => longName(option) === name)
}

function valueAt(value: unknown, path: Path): unknown {
  let part = value
  for (const segment of path) {
    if (typeof part !== 'object' || part === null) return undefined
    part = (part as Record<string | number, unknown>)[segment]
  }
  return part
}
