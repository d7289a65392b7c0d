// Where an endpoint tells its time, and how: as that of rtbench serve does.

/** Beside the stream: `/stage/tick/events?size=9` has its clock at `/stage/time`. */
export function timePath(path: string): string {
  const [, prefix = ''] = /^(.*?)(\/tick)?\/(?:events|messages|ws)(\?.*)?$/.exec(path) ?? []
  return `${prefix}/time`
}

/** `{"ts":1700000000000.125}`: ms since 1970. Null: it tells none. */
export function timeIn(body: string): number | null {
  try {
    const { ts } = JSON.parse(body) as { ts?: unknown }
    return typeof ts === 'number' && Number.isFinite(ts) ? ts : null
  } catch {
    return null
  }
}
