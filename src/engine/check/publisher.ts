import type { PublishConfig, TargetConfig } from '../../config/run-config.ts'
import { CannotTell } from '../../wire/cannot-tell.ts'
import { createHttpClient } from '../../wire/http-client.ts'

/** Makes the endpoint emit messages as --publish says. */
export interface Publisher {
  publish(message: string): Promise<void>
  close(): Promise<void>
}

export function createPublisher(target: TargetConfig, config: PublishConfig | null): Publisher {
  if (config === null) {
    return {
      publish: async () => {
        throw new CannotTell('no --publish URL is given')
      },
      close: async () => {},
    }
  }
  const client = createHttpClient(target, 4)
  return {
    async publish(message) {
      const { url, method, headers } = config
      const body = config.body.replaceAll('{{message}}', () => message)
      const answer = await client
        .send({ url, method, headers, body, timeoutMs: target.timeoutMs })
        .catch((error: Error) => {
          throw new CannotTell(`--publish failed: ${error.message}`)
        })
      await answer.body.dump().catch(() => {})
      if (answer.status >= 300) throw new CannotTell(`--publish was answered HTTP ${answer.status}`)
    },
    close: () => client.close(),
  }
}
