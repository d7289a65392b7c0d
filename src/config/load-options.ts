import { gate } from './options/gate.ts'
import { limits } from './options/limits.ts'
import { load } from './options/load.ts'
import { message } from './options/message.ts'
import { poll } from './options/poll.ts'
import { publish } from './options/publish.ts'
import { shard } from './options/shard.ts'
import { target } from './options/target.ts'
import { tls } from './options/tls.ts'

/** All options of a load run but where its result goes, in the order of the help. */
export const LOAD_GROUPS = [load, message, target, tls, publish, poll, gate, limits, shard] as const
