import { randomBytes } from 'node:crypto'

/** A name that no cache has seen and no stranger can guess. */
export const probeName = (): string => randomBytes(9).toString('base64url').replaceAll('-', '_')
