// A YAML text as a value that knows where each part of it was written.
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, Scalar, visit } from 'yaml'
import { UsageError } from './errors.ts'
import { quote } from './units.ts'

export type Path = readonly (string | number)[]

export interface ScenarioDocument {
  value: unknown
  /** A mistake at a key (or at its value): `file:line:column: message`. */
  mistake(path: Path, message: string, at?: 'key' | 'value'): UsageError
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Parses, and replaces `${NAME}` and `${NAME:-default}` in values; `$${` stands for `${`. */
export function parseScenarioText(file: string, text: string, env: Environment): ScenarioDocument {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem !== undefined) throw new UsageError(`${at(problem.pos[0])}: ${inOneLine(problem.message, problem.code)}`)
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && typeof node.value === 'string') substitute(node, env, offset => at(offset))
    },
  })
  return {
    value: toValue(() => document.toJS({ maxAliasCount: 100 }), at(0)),
    mistake: (path, message, part = 'key') =>
      new UsageError(`${at(offsetOf(document.contents, path, part))}: ${message}`),
  }
}

function toValue(read: () => unknown, start: string): unknown {
  try {
    return read()
  } catch (error) {
    throw new UsageError(`${start}: ${(error as Error).message}`)
  }
}

const inOneLine = (message: string, code: string) => {
  const hint =
    code === 'BLOCK_AS_IMPLICIT_KEY' || /Nested mappings/.test(message) ? ' (put a value with ": " in quotes)' : ''
  return `${message.split('\n')[0]!.replace(/[.:]$/, '')}${hint}`
}

function substitute(node: Scalar, env: Environment, at: (offset: number) => string): void {
  const text = node.value as string
  if (!text.includes('${')) return
  const replaced = text.replaceAll(/(\$?)\$\{([^}]*)\}/g, (whole, escape: string, inner: string) => {
    if (escape !== '') return whole.slice(1)
    const [, name, fallback] = /^([A-Za-z_]\w*)(?::-(.*))?$/s.exec(inner) ?? []
    const start = at(node.range?.[0] ?? 0)
    if (name === undefined) throw new UsageError(`${start}: ${quote(whole)} is not \${NAME} or \${NAME:-default}`)
    const value = env[name] ?? fallback
    if (value === undefined)
      throw new UsageError(`${start}: the environment has no ${name}: set it, or write \${${name}:-default}`)
    return value === '' && fallback !== undefined ? fallback : value
  })
  // What YAML reads as true or false when it is written there, it is too when it comes from the environment.
  node.value = node.type === Scalar.PLAIN && /^(true|false)$/.test(replaced) ? replaced === 'true' : replaced
}

function offsetOf(root: unknown, path: Path, part: 'key' | 'value'): number {
  let node = root as Node | null
  let offset = node?.range?.[0] ?? 0
  for (const [depth, segment] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === segment)
      if (pair === undefined) return offset
      const target = depth === path.length - 1 && part === 'key' ? pair.key : (pair.value ?? pair.key)
      node = pair.value as Node | null
      offset = (target as Node).range?.[0] ?? offset
    } else if (isSeq(node)) {
      node = (node.items[segment as number] ?? null) as Node | null
      offset = node?.range?.[0] ?? offset
    } else return offset
  }
  return offset
}
