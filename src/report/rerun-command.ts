import type { Report } from './report.ts'
import { plainLine } from './text.ts'

type Json = Record<string, unknown>
const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** A line for the shell that asks for this run again. What was redacted stays so and has to be filled in. */
export function rerunCommand(report: Report): string {
  const { config, kind } = report
  const target = record(config.target)
  const words = ['npx', 'rtbench', kind]
  const add = (flag: string, value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') words.push(flag, quoted(String(value)))
  }
  if (typeof target.url === 'string') words.push(quoted(target.url))
  if (target.transport !== 'auto') add('-t', target.transport)
  for (const line of list(target.headers)) add('-H', Array.isArray(line) ? line.join(': ') : line)
  for (const protocol of list(target.subprotocols)) add('--subprotocol', protocol)
  if (record(target.tls).insecure === true) words.push('-k')
  if (config.pattern !== undefined) add('-p', config.pattern)
  const stages = list(config.stages)
  if (stages.length === 0) add('-c', config.connections ?? config.clients)
  for (const stage of stages)
    add('-s', `${record(stage).durationMs as number}ms:${record(stage).connections as number}`)
  if (typeof config.durationMs === 'number' && stages.length === 0) add('-d', `${config.durationMs}ms`)
  addPace(add, record(config.pace))
  add('--connect-rate', config.connectRate)
  const message = record(config.message)
  add('-m', message.text)
  add('--size', message.size)
  if (message.binary === true) words.push('--binary')
  if (config.deflate === true) words.push('--deflate')
  if (typeof config.warmUpMs === 'number' && config.warmUpMs > 0) add('--warm-up', `${config.warmUpMs}ms`)
  for (const policy of list(config.policies)) add('--policy', policy)
  if (typeof config.downMs === 'number') add('--down', `${config.downMs}ms`)
  for (const threshold of report.thresholds) add('--threshold', threshold.expr)
  add('--seed', config.seed)
  return words.join(' ')
}

function addPace(add: (flag: string, value: unknown) => void, pace: Json): void {
  if (pace.kind === 'open') add('-r', pace.perConnection)
  if (pace.kind === 'open-total') add('-R', pace.total)
  if (pace.kind === 'closed') add('--in-flight', pace.inFlight)
}

function quoted(word: string): string {
  const plain = plainLine(word)
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", String.raw`'\''`)}'`
}
