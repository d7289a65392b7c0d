import type { Check, SelfTests } from '../checks/check.ts'
import { PRECONDITIONS } from '../engine/check/conduct.ts'
import type { Unit } from '../engine/check/units.ts'
import type { CheckLevel } from '../report/report.ts'
import type { Capability } from '../wire/capability.ts'
import { wrap } from './wrap.ts'

const LEVELS: Readonly<Record<CheckLevel, string>> = {
  must: 'must: a server that breaks it fails',
  should: 'should: a server that misses it is warned of',
  may: 'may: nobody is held to it',
  quality: 'quality: good practice, which no standard demands in these words',
  info: 'info: tells what it sees',
}

const NEEDS: Readonly<Record<Capability, string>> = {
  echo: 'an endpoint that sends each message back (--echo where that is not found out)',
  push: 'an endpoint that sends by itself',
  subprotocol: 'a subprotocol that it speaks (--subprotocol)',
  deflate: 'permessage-deflate',
  publish: 'a way to make it emit a message (--publish)',
  tls: 'a wss:// or https:// URL',
  credentials: 'credentials (--user, --cookie, -H Authorization)',
  'allowed-origin': 'an Origin that is let in (--origin-allowed)',
  ids: 'events with ids',
  resume: 'a stream that continues after a Last-Event-ID',
  hold: 'polls that are held',
  cursor: 'answers that say where to continue (--cursor)',
}

const PEERS = [
  ['passes', 'pass'],
  ['warns', 'warn'],
  ['fails', 'fail'],
  ['infos', 'info'],
  ['skips', 'skip'],
] as const

/** All that a check says about itself, for 80 columns. */
export function explainCheck(id: string, check: Check<never>): string {
  const transport = id.split('.')[0] as Unit['transport']
  const { title, level, spec, why, fix, needs = [], covers, selfTest } = check
  const first = [PRECONDITIONS[transport], ...(check.blockedBy ?? [])].filter(other => other !== id)
  const practice = spec.doc === 'practice'
  const parts: [heading: string, text: string][] = [
    ['level', LEVELS[level]],
    [
      practice ? 'good practice' : 'where it is written',
      practice ? `${spec.section}: ${spec.says}` : `${spec.doc} §${spec.section}: “${spec.says}”`,
    ],
    ['why', why],
    ['how to mend it', fix],
    ['needs', needs.map(need => NEEDS[need]).join('\n')],
    ['takes', check.slow === true ? 'over 15 s: only with --slow' : ''],
    ['runs', check.alone === true ? 'alone, after the others: it would disturb them' : ''],
    ['blocked by', first.join(', ')],
    [
      'decides',
      covers
        .map(({ row, autobahn = [] }) =>
          [row, ...(autobahn.length > 0 ? [`Autobahn ${autobahn.join(', ')}`] : [])].join(': '),
        )
        .join('\n'),
    ],
    [
      'tried on servers that',
      PEERS.map(([key, verdict]) => tried(verdict, selfTest[key]))
        .filter(text => text !== '')
        .join('\n'),
    ],
    ['by itself', `rtbench check <url> --only ${id}${check.slow === true ? ' --slow' : ''} --wire -`],
  ]
  const told = parts.filter(([, text]) => text !== '').map(([heading, text]) => `  ${heading}\n${wrap(text, '    ')}`)
  return `${id}\n${wrap(title, '  ')}\n\n${told.join('\n')}\n`
}

const tried = (verdict: string, tests: SelfTests = {}) => {
  const names = Object.keys(tests)
  return names.length === 0 ? '' : `${verdict}: ${names.join('; ')}`
}

/** What `list checks --json` adds to a check's id and title. */
export function checkFacts(check: Check<never>) {
  const { level, spec, why, fix, needs = [], blockedBy = [], slow = false, alone = false, covers } = check
  return { level, spec, why, fix, needs, blockedBy, slow, alone, covers }
}
