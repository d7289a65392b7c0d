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

/**
 * Flags for a process that does the same for hours: its memory neither grows nor swings. The young generation (MiB) keeps
 * one size, not the smallest: each collection of it leaves something behind. What a second makes and the next drops, such
 * as buckets told to another process, stays out of the old generation: there its dead buffers would wait for minutes, as
 * V8 hardly sees what they hold.
 */
export const STEADY_FLAGS = [
  '--min-semi-space-size=4',
  '--max-semi-space-size=4',
  '--no-allocation-site-pretenuring',
  '--expose-gc',
]
