import type { Random } from './policy.ts'

/** A whole number from low to high, both included, as the libraries draw it. */
export function randomInteger(random: Random, low: number, high: number): number {
  return Math.floor(random() * (high - low + 1)) + low
}
