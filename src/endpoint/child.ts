import process from 'node:process'
import { type Endpoint, startEndpoint } from './endpoint.ts'
import type { EndpointOptions } from './options.ts'

// The endpoint as a process of its own: options come as the first message, `stop` or the end of the parent stop it.
let endpoint: Promise<Endpoint> | undefined

process.on('message', (message: { type: string; options?: EndpointOptions }) => {
  if (message.type === 'start') endpoint = start(message.options ?? {})
  else if (message.type === 'stop') void stop()
})
process.on('disconnect', () => void stop())
process.on('SIGTERM', () => void stop())
// Ctrl-C reaches the whole process group; the parent still needs the endpoint to finish its partial report.
process.on('SIGINT', () => {})

async function start(options: EndpointOptions): Promise<Endpoint> {
  const log = (line: string) => process.send?.({ type: 'log', line })
  const started = startEndpoint({ ...options, log })
  started.then(
    ({ port }) => process.send?.({ type: 'listening', port }),
    (error: NodeJS.ErrnoException) => {
      process.send?.({ type: 'failed', code: error.code, text: error.message })
      process.disconnect?.()
    },
  )
  return started
}

async function stop(): Promise<void> {
  const running = await endpoint?.catch(() => undefined)
  await running?.close()
  process.exit(0)
}
