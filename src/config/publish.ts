import { UsageError } from './errors.ts'
import type { ValuesOf } from './option.ts'
import type { publish } from './options/publish.ts'
import type { PublishConfig } from './run-config.ts'

/** How a message is made to appear; null where --publish is not given. */
export function resolvePublish(values: ValuesOf<typeof publish>, target: string | null): PublishConfig | null {
  const url = values.publish
  if (url === undefined) {
    const alone = [
      [values.publishBody !== undefined, 'publish-body'],
      [values.publishMethod !== undefined, 'publish-method'],
      [values.publishHeader.length > 0, 'publish-header'],
    ].find(([given]) => given)?.[1] as string | undefined
    if (alone !== undefined) throw new UsageError(`--${alone} has no meaning without --publish URL`, alone)
    return null
  }
  if (target === null)
    throw new UsageError(
      '--publish needs the URL of the endpoint whose subscribers shall receive the messages',
      'publish',
    )
  return {
    url,
    method: values.publishMethod ?? 'POST',
    headers: values.publishHeader,
    body: values.publishBody ?? '{{message}}',
  }
}
