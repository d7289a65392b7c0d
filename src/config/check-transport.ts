import { LOAD_GROUPS } from './load-options.ts'
import { refuseForTransport } from './meaning.ts'
import type { LoadConfig, Transport } from './run-config.ts'

/**
 * Refuses what has no meaning on this transport, by a UsageError that names the option. With `auto` only the answer of
 * the target decides, so a run asks again once it is known.
 */
export function checkTransport(config: Pick<LoadConfig, 'given' | 'pattern'>, transport: Transport): void {
  refuseForTransport(LOAD_GROUPS, config, transport)
}
