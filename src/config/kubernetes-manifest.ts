// An Indexed Job: the completion index of each pod is its shard.
import { stringify } from 'yaml'

export interface JobWords {
  name: string
  step: string
  /** The text of the scenario file. */
  scenario: string
  shards: number
  /** Null: the official Node image, with this version of rtbench by npx. */
  image: string | null
  version: string
  runId: string
  startAt: string | null
}

/** A ConfigMap with the scenario and the Job that runs it, as two YAML documents. */
export function jobManifest(words: JobWords): string {
  const name = `rtbench-${dnsLabel(words.name)}`
  const labels = { 'app.kubernetes.io/name': 'rtbench', 'app.kubernetes.io/instance': name }
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels },
    data: { 'scenario.yaml': words.scenario },
  }
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels },
    spec: {
      completionMode: 'Indexed',
      completions: words.shards,
      parallelism: words.shards,
      backoffLimit: 0,
      template: { metadata: { labels }, spec: podSpec(words, name, labels) },
    },
  }
  return [config, job]
    .map(document => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, singleQuote: true }))
    .join('---\n')
}

function podSpec(words: JobWords, name: string, labels: Record<string, string>) {
  const program = words.image === null ? `npx --yes rtbench@${words.version}` : 'rtbench'
  // The index counts from 0, shards from 1.
  const line = [
    `exec ${program} run /scenario/scenario.yaml --step ${shellQuote(words.step)}`,
    `--shard $((JOB_COMPLETION_INDEX + 1))/${words.shards} --run-id ${shellQuote(words.runId)}`,
    ...(words.startAt === null ? [] : [`--start-at ${words.startAt}`]),
    '--json --no-progress',
  ].join(' ')
  return {
    restartPolicy: 'Never',
    // Pods on one node would share its processor and its ports.
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: labels },
      },
    ],
    containers: [
      {
        name: 'rtbench',
        image: words.image ?? 'node:22-slim',
        command: ['sh', '-c', line],
        // As much as is asked for and no more: a throttled generator measures itself.
        resources: { requests: { cpu: '1', memory: '512Mi' }, limits: { memory: '512Mi' } },
        volumeMounts: [{ name: 'scenario', mountPath: '/scenario', readOnly: true }],
      },
    ],
    volumes: [{ name: 'scenario', configMap: { name } }],
  }
}

const dnsLabel = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40) || 'run'

const shellQuote = (text: string) => (/^[\w.:-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`)
