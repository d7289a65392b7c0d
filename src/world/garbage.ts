import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options?: { type: 'minor' }) => void

let collect: Collect | null = null

// V8 gives the function to contexts that begin after the flag.
function collector(): Collect {
  setFlagsFromString('--expose-gc')
  return (collect ??= runInNewContext('gc') as Collect)
}

/** Collects what starting left behind, so that the memory of a long run stays where it begins. */
export function collectGarbage(): void {
  collector()()
}

/**
 * Collects what is young, within about 1 ms. For a process that receives much and allocates little: V8 hardly sees
 * buffers outside its heap and would leave tens of MB of dead ones.
 */
export function collectYoungGarbage(): void {
  collector()({ type: 'minor' })
}

/**
 * The young generation keeps the size it has. V8 would double it when as much as it holds has survived, which a process
 * that hardly keeps anything reaches after minutes: MB more that look like a leak.
 */
export function keepYoungGenerationSize(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
