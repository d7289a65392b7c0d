// A load client on the `eventsource` package that counts events and times the gaps between them, as rtbench does.
import { EventSource } from 'eventsource'
import { createHistogram } from '../../../src/measure/histogram.ts'
import { now } from '../../../src/world/clock.ts'
import { peerOptions, runPeer } from './peer.ts'

const options = peerOptions<{ url: string; connections: number }>()
const tally = { units: 0 }
const gap = createHistogram()

function openOne(): Promise<void> {
  return new Promise(resolve => {
    const source = new EventSource(options.url)
    let lastAt = now()
    source.addEventListener('message', () => {
      const time = now()
      gap.record((time - lastAt) * 1000)
      lastAt = time
      tally.units += 1
    })
    source.addEventListener('open', () => resolve())
  })
}

runPeer(options.connections, tally, openOne, () => {})
