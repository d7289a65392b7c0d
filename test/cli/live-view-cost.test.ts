import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { RTBENCH } from './run-rtbench.ts'

interface Profile {
  startTime: number
  endTime: number
  samples: number[]
  timeDeltas: number[]
  nodes: { id: number; callFrame: { url: string }; children?: number[] }[]
}

/** The share of a profile that was spent in functions of a file, and in all that they called. */
function shareOf(file: string, { startTime, endTime, samples, timeDeltas, nodes }: Profile): number {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const inside = new Set<number>()
  const enter = (id: number): void => {
    inside.add(id)
    byId.get(id)?.children?.forEach(enter)
  }
  for (const { id, callFrame } of nodes) if (callFrame.url.endsWith(file)) enter(id)
  const spent = samples.reduce((sum, id, at) => sum + (inside.has(id) ? timeDeltas[at]! : 0), 0)
  return spent / (endTime - startTime)
}

test('the live view takes less than 1 % of a run on a terminal, and of one whose stderr is piped nothing', t => {
  if (spawnSync('script', ['--version']).status !== 0) return t.skip('script (a pseudo terminal) is not installed')
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-view-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const typed = path.join(folder, 'typed')
  const command = (name: string) =>
    `stty cols 80 rows 24; '${process.execPath}' --cpu-prof --cpu-prof-dir='${folder}/${name}' '${RTBENCH}' load -c 20 -d 4s --allow-limited >'${folder}/out'`
  // The program that is asked is the only one that writes its profile: workers have no such switch.
  const profile = (name: string) => {
    const [file] = readdirSync(path.join(folder, name))
    return JSON.parse(readFileSync(path.join(folder, name, file!), 'utf8')) as Profile
  }
  const run = (name: string, more = '') => spawnSync('script', ['-qec', `${command(name)}${more}`, typed]).status
  assert.equal(run('shown'), 0)
  assert.match(readFileSync(typed, 'utf8'), /20 open of 20/)
  const share = shareOf('live-view.js', profile('shown'))
  assert.ok(share > 0 && share < 0.01, `${share}`)
  assert.equal(run('piped', ` 2>'${folder}/errors'`), 0)
  assert.equal(readFileSync(path.join(folder, 'errors'), 'utf8'), '')
  assert.equal(shareOf('live-view.js', profile('piped')), 0)
})
