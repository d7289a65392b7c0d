import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { Job, type IJob } from 'kubernetes-models/batch/v1/Job'
import { ConfigMap, type IConfigMap } from 'kubernetes-models/v1/ConfigMap'
import { parseAllDocuments } from 'yaml'
import { jobManifest } from '../../src/config/kubernetes-manifest.ts'
import { matchesText } from '../golden.ts'
import { rtbench } from './run-rtbench.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const words = {
  name: 'Chat room!',
  step: 'the chat',
  scenario: 'steps: [{command: load}]\n',
  shards: 10,
  image: null,
  version: '1.2.3',
  runId: 'chat-1',
  startAt: '2026-11-22T12:00:00.000Z',
}

function documents(text: string): { config: IConfigMap; job: IJob } {
  const [config, job, ...more] = parseAllDocuments(text).map(document => document.toJS() as unknown)
  assert.equal(more.length, 0)
  return { config: config as IConfigMap, job: job as IJob }
}

describe('the Kubernetes manifest', () => {
  it('holds to the schema of the API', () => {
    const { config, job } = documents(jobManifest(words))
    new ConfigMap(config).validate()
    new Job(job).validate()
  })
  it('would not hold with a wrong type or without its pods', () => {
    const { job } = documents(jobManifest(words))
    assert.throws(() => new Job({ ...job, spec: { ...job.spec!, completions: 'ten' as unknown as number } }).validate())
    assert.throws(() => new Job({ ...job, spec: {} as NonNullable<IJob['spec']> }).validate())
  })
  it('makes the completion index the shard', () => {
    const { job } = documents(jobManifest(words))
    assert.deepEqual([job.spec?.completionMode, job.spec?.completions, job.spec?.parallelism], ['Indexed', 10, 10])
    const [container] = job.spec!.template.spec!.containers
    assert.equal(
      container!.command!.at(-1),
      "exec npx --yes rtbench@1.2.3 run /scenario/scenario.yaml --step 'the chat' --shard $((JOB_COMPLETION_INDEX + 1))/10 --run-id chat-1 --start-at 2026-11-22T12:00:00.000Z --json --no-progress",
    )
  })
  it('takes the scenario along, to the letter', () => {
    const { config, job } = documents(jobManifest(words))
    assert.deepEqual(config.data, { 'scenario.yaml': words.scenario })
    assert.equal(config.metadata?.name, 'rtbench-chat-room')
    assert.deepEqual(job.spec?.template.spec?.volumes, [{ name: 'scenario', configMap: { name: 'rtbench-chat-room' } }])
  })
  it('names the program of an image of your own', () => {
    const { job } = documents(jobManifest({ ...words, image: 'registry.example/rtbench:7', startAt: null }))
    const [container] = job.spec!.template.spec!.containers
    assert.equal(container!.image, 'registry.example/rtbench:7')
    assert.match(container!.command!.at(-1)!, /^exec rtbench run (?!.*--start-at)/)
  })
})

describe('deploy/kubernetes', () => {
  const manifest = path.join(root, 'deploy/kubernetes/notification-fan-out.yaml')
  it('is what rtbench run --kubernetes prints; UPDATE=1 writes it anew', async () => {
    const scenario = path.join(root, 'deploy/kubernetes/scenario.yaml')
    const ended = await rtbench(['run', '--kubernetes', '--shards', '4', scenario])
    assert.equal(ended.code, 0, ended.stderr)
    matchesText(manifest, ended.stdout.replaceAll(/rtbench@[\d.]+[\w.-]*/g, 'rtbench@VERSION'))
  })
  it('holds to the schema of the API', () => {
    const { config, job } = documents(readFileSync(manifest, 'utf8'))
    new ConfigMap(config).validate()
    new Job(job).validate()
  })
})
