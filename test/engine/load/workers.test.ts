import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import test from 'node:test'
import { workerPlans } from '../../../src/engine/load/plans.ts'
import { startWorkers } from '../../../src/engine/load/workers.ts'
import { loadConfig } from '../../../src/index.ts'
import { childrenOf } from '../../servers/children.ts'

const skip = existsSync('/proc/self/stat') ? false : 'there is no /proc'

test(
  'workers that come no further while they start are ended after a minute, and rtbench says that it was it',
  { skip },
  async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const config = loadConfig({ url: 'ws://127.0.0.1:1/' })
    const lost: string[] = []
    const starting = startWorkers({
      plans: workerPlans(config, 'ws', 'ws://127.0.0.1:1/', 2),
      onSnapshot: () => {},
      onLost: (worker, how) => lost.push(`worker ${worker} ${how}`),
    })
    const pids = childrenOf(process.pid)
    assert.equal(pids.length, 2)
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    t.mock.timers.tick(59_000)
    assert.deepEqual(lost, [], 'an overloaded machine has its time')
    t.mock.timers.tick(2000)
    const workers = await starting
    await workers.ended()
    assert.deepEqual(workers.lost, [0, 1])
    for (const text of lost)
      assert.match(text, /^worker \d was ended by rtbench, because no worker came .* 60 s .*: stop what/)
    assert.equal(lost.length, 2)
  },
)
