import { UsageError } from './errors.ts'
import type { StageConfig } from './run-config.ts'
import { parseDuration, plainNumber, type Parse, quote } from './units.ts'

/** `30s:1000`: over 30 s, in a straight line, to 1000 connections. */
export const parseStage: Parse<StageConfig> = (text, flag) => {
  const [duration = '', target, ...more] = text.split(':')
  const connections = target === undefined ? null : plainNumber(target)
  if (connections === null || !Number.isInteger(connections) || connections > 1e8 || more.length > 0)
    throw new UsageError(
      `${flag} ${quote(text)} is not a stage: write 30s:1000, the time and the connections at its end`,
    )
  return { durationMs: parseDuration(duration, flag), connections }
}
