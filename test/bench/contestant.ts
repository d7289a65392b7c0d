import { withoutCompiler } from './c-programs.ts'
import { type Generator, steadyCost } from './generator.ts'
import type { Contestant } from './row.ts'
import { type TargetOptions, withTarget } from './target-server.ts'

/** A contestant whose steady work on a C server of its own is measured. */
export function steady(target: TargetOptions, generator: (port: number) => Generator | Promise<Generator>): Contestant {
  return {
    missing: withoutCompiler,
    run: span => withTarget(target, async port => steadyCost(await generator(port), span)),
  }
}
