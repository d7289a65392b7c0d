import { UsageError } from './errors.ts'
import { type Parse, plainNumber, quote } from './units.ts'

/** `5%` or `0.05`, from 0 to 1. */
export const parseShare: Parse<number> = (text, flag) => {
  const percent = /^([\d.]+)%$/.exec(text)?.[1]
  const share = percent === undefined ? plainNumber(text) : Number(percent) / 100
  if (share === null || !(share >= 0 && share <= 1))
    throw new UsageError(`${flag} ${quote(text)} is not a share: write 5% or 0.05`)
  return share
}
