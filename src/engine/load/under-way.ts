import type { Snapshot } from '../../measure/snapshot.ts'

/** Messages that each worker had sent and had no answer to, as of its last snapshot; without those of the warm-up. */
export class UnderWay {
  private readonly workers = new Map<number, number>()

  add(worker: number, { counters }: Snapshot): void {
    const count = (name: string) => (counters[name] ?? 0) - (counters[`warmup_${name}`] ?? 0)
    this.workers.set(worker, this.of(worker) + count('msgs_sent') - count('msgs_received'))
  }

  of(worker: number): number {
    return this.workers.get(worker) ?? 0
  }
}
