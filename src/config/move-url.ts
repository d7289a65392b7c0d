import { UsageError } from './errors.ts'
import { quote } from './units.ts'

const SECURE = /^(wss|https):$/

/**
 * The address of a step moved to another place. A place with a path stands for the whole address; without one, scheme
 * security, host and port are replaced and the step keeps its own path.
 */
export function moveUrl(own: string | undefined, place: string): string {
  if (own === undefined || !URL.canParse(own)) return place
  const to = new URL(place)
  if (to.pathname !== '/' || to.search !== '') return place
  const from = new URL(own)
  const base = from.protocol.startsWith('ws') ? 'ws' : 'http'
  const user = to.username === '' ? '' : `${to.username}${to.password === '' ? '' : `:${to.password}`}@`
  return `${base}${SECURE.test(to.protocol) ? 's' : ''}://${user}${to.host}${from.pathname}${from.search}`
}

/** The publishing address moves along with the step; it cannot where the new place is a whole address. */
export function movePublishUrl(own: string, place: string): string {
  const to = new URL(place)
  if (to.pathname !== '/' || to.search !== '')
    throw new UsageError(
      `${quote(place)} has a path, but the step publishes too: name scheme, host and port alone`,
      'url',
    )
  return moveUrl(own, place)
}
