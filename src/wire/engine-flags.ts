/**
 * Flags of V8 for a process that does nothing for many seconds and then meets a wave. Neither its code is to be thrown
 * away meanwhile, with the shapes of the objects it was compiled for, nor is the young generation (MiB) to be collected or
 * grown in the midst of a wave: it holds some ten of them.
 */
export const WAVE_FLAGS = [
  '--no-flush-bytecode',
  '--no-memory-reducer',
  '--retain-maps-for-n-gc=1000',
  '--min-semi-space-size=64',
  '--max-semi-space-size=64',
]
