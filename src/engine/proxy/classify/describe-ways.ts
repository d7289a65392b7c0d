import { AXES, isSameWay, type Way } from './cell.ts'

type Axis = keyof typeof AXES

const WORDS: Readonly<Record<Axis, (value: string) => string>> = {
  http: value => `over HTTP/${value}`,
  encoding: value => (value === 'identity' ? 'without compression' : `with Accept-Encoding: ${value}`),
  method: value => `by ${value}`,
}

/** `GET without compression`, `POST with Accept-Encoding: br over HTTP/2` */
export function describeWay({ http, encoding, method }: Way): string {
  return `${method} ${WORDS.encoding(encoding)}${http === '2' ? ' over HTTP/2' : ''}`
}

/**
 * What those ways of asking have in common that the others of `all` have not: the cause. Where one axis or several tell
 * them apart, only those are named; otherwise each way is.
 */
export function describeWays(some: readonly Way[], all: readonly Way[]): string {
  if (some.length === all.length) return 'however it is asked for'
  const values = (axis: Axis, ways: readonly Way[]) => AXES[axis].filter(value => ways.some(way => way[axis] === value))
  const telling = (Object.keys(AXES) as Axis[]).filter(axis => values(axis, some).length < values(axis, all).length)
  const isTold = all.every(
    way => telling.every(axis => some.some(one => one[axis] === way[axis])) === some.some(one => isSameWay(one, way)),
  )
  if (!isTold) return some.map(describeWay).join(', ')
  return `only ${telling.map(axis => values(axis, some).map(WORDS[axis]).join(' or ')).join(' ')}`
}
