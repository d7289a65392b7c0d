// Which header fields one end sent and the other received.

export interface HeaderDifference {
  name: string
  kind: 'dropped' | 'altered' | 'added'
  sent: string
  received: string
}

type Fields = readonly (readonly [string, string])[]

/** Fields of one hop only (RFC 9110 §7.6.1) or rewritten by every gateway. */
const OF_ONE_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'host',
  'date',
])

/** By name in lower case; several lines of a name count as one list. */
export function compareHeaders(sent: Fields, received: Fields): HeaderDifference[] {
  const before = joined(sent)
  const after = joined(received)
  const differences: HeaderDifference[] = []
  for (const [name, value] of before) {
    const other = after.get(name)
    if (other === undefined) differences.push({ name, kind: 'dropped', sent: value, received: '' })
    else if (other !== value) differences.push({ name, kind: 'altered', sent: value, received: other })
  }
  for (const [name, value] of after)
    if (!before.has(name)) differences.push({ name, kind: 'added', sent: '', received: value })
  return differences
}

function joined(fields: Fields): Map<string, string> {
  const lists = new Map<string, string>()
  for (const [field, value] of fields) {
    const name = field.toLowerCase()
    if (OF_ONE_HOP.has(name)) continue
    const before = lists.get(name)
    lists.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return lists
}

/** `Last-Event-ID dropped`, `Accept-Encoding: identity → gzip` */
export function describeDifference({ name, kind, sent, received }: HeaderDifference): string {
  if (kind === 'dropped') return `${name} dropped`
  return kind === 'added'
    ? `${name}: ${received.slice(0, 80)} added`
    : `${name}: ${sent.slice(0, 60)} → ${received.slice(0, 60)}`
}
