// The reference endpoint on a machine whose clock is ahead by so many ms.
import { performance } from 'node:perf_hooks'

const [aheadMs = '0'] = process.argv.slice(2)
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + Number(aheadMs) })
const { startEndpoint } = await import('../../src/endpoint/endpoint.ts')
const { port } = await startEndpoint({})
process.send?.({ port })
process.once('disconnect', () => process.exit(0))
