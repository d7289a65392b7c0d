import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WakeUpBatch } from '../../src/world/wake-up-batch.ts'

const turn = () => new Promise(resolve => setImmediate(resolve))

test('what is added waits for the end of this turn and then runs once, in order', async () => {
  const ran: number[] = []
  const batch = new WakeUpBatch<number>(item => void ran.push(item))
  for (const item of [1, 2, 3]) batch.add(item)
  assert.deepEqual(ran, [])
  await turn()
  assert.deepEqual(ran, [1, 2, 3])
  batch.add(4)
  await turn()
  assert.deepEqual(ran, [1, 2, 3, 4])
})

test('a batch that is full runs at once, and the rest with the turn', async () => {
  const ran: number[] = []
  const batch = new WakeUpBatch<number>(item => void ran.push(item))
  const items = Array.from({ length: 40 }, (_, i) => i)
  for (const item of items) batch.add(item)
  assert.deepEqual(ran, items.slice(0, 32))
  await turn()
  assert.deepEqual(ran, items)
})

test('what is added while a batch runs belongs to the next', async () => {
  const ran: string[] = []
  const batch: WakeUpBatch<string> = new WakeUpBatch(item => {
    ran.push(item)
    if (item.length < 3) batch.add(`${item}+`)
  })
  batch.add('a')
  batch.add('b')
  await turn()
  assert.deepEqual(ran, ['a', 'b'])
  await turn()
  await turn()
  assert.deepEqual(ran, ['a', 'b', 'a+', 'b+', 'a++', 'b++'])
})
