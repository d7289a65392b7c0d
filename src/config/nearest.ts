import { nearNames } from '../report/near-names.ts'

/** `: did you mean a or b?`, or nothing when no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const names = nearNames(word, known)
  return names.length === 0 ? '' : `: did you mean ${names.join(' or ')}?`
}
