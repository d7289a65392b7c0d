// An endpoint behind a gate in this process, and the two kinds of client that the faults are tested with.
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:http'
import type { TestContext } from 'node:test'
import { WebSocket } from 'ws'
import { startEndpoint } from '../../src/endpoint/endpoint.ts'
import type { Fault, FaultSettings } from '../../src/wire/fault.ts'
import type { GateFront } from '../../src/wire/gate-front.ts'
import { openGate } from '../../src/wire/gate-front.ts'
import { findUnits, loadUnit } from '../../src/world/units.ts'

export const findFault = (id: string) => findUnits('faults', []).find(unit => unit.id === id)!

export async function startGated(t: TestContext, capacity: number | null = null, backlog = 511): Promise<GateFront> {
  const endpoint = await startEndpoint({ tickMs: 20 })
  const target = { host: '127.0.0.1', port: endpoint.port }
  const gate = await openGate({ target, host: '127.0.0.1', capacity, backlog, seed: 1 })
  t.after(async () => {
    await gate.stop()
    await endpoint.close()
  })
  return gate
}

export async function play(gate: GateFront, id: string, given: FaultSettings = {}, spared: number[] = []) {
  const fault = await loadUnit<Fault>(findFault(id))
  return gate.cut(fault, { ...fault.settings, ...given }, spared)
}

/** How a client's connection went: `opened` if it was up, then how it ended, or `silent` if nothing came for 400 ms. */
export type Outcome = string

const SILENCE_MS = 400

export interface Client {
  /** Settles at the end of the connection, or with `silent`. */
  end: Promise<Outcome>
  localPort: number
}

function untilSilent<T>(value: Promise<T>, touched: () => number): Promise<T | 'silent'> {
  return new Promise((resolve, reject) => {
    let before = -1
    const timer = setInterval(() => {
      if (touched() === before) {
        clearInterval(timer)
        resolve('silent')
      }
      before = touched()
    }, SILENCE_MS)
    value.then(resolve, reject).finally(() => clearInterval(timer))
  })
}

/** Opens a ticking WebSocket; rejects with what met it instead. */
export async function openWs(gate: GateFront): Promise<Client> {
  const socket = new WebSocket(`ws://127.0.0.1:${gate.port}/tick/ws?interval=20ms`)
  let messages = 0
  socket.on('message', () => (messages += 1))
  const opened = new Promise<void>((resolve, reject) => {
    socket.once('message', () => resolve())
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(`HTTP ${response.statusCode} ${response.headers['retry-after'] ?? ''}`.trim()))
      response.resume()
    })
    socket.once('error', (error: NodeJS.ErrnoException) => reject(new Error(error.code ?? error.message)))
  })
  const met = await untilSilent(opened, () => messages)
  if (met === 'silent') {
    socket.on('error', () => {})
    socket.terminate()
    throw new Error('silent')
  }
  socket.on('error', () => {})
  const closed = once(socket, 'close').then(([code]) => `closed ${code as number}`)
  const end = untilSilent(closed, () => messages)
  void end.then(() => socket.terminate())
  const { _socket: raw } = socket as unknown as { _socket: { localPort: number } }
  return { end, localPort: raw.localPort }
}

/** Opens a ticking event stream; rejects with what met it instead. */
export async function openSse(gate: GateFront): Promise<Client> {
  const request = get(`http://127.0.0.1:${gate.port}/tick/events?interval=20ms`, { agent: false })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', (error: NodeJS.ErrnoException) => reject(new Error(error.code ?? error.message)))
  })
  const met = await untilSilent(answered, () => 0)
  if (met === 'silent') {
    request.destroy()
    throw new Error('silent')
  }
  const response = met
  if (response.statusCode !== 200) {
    response.resume()
    throw new Error(`HTTP ${response.statusCode} ${response.headers['retry-after'] ?? ''}`.trim())
  }
  let events = 0
  response.on('data', () => (events += 1))
  const ended = new Promise<string>(resolve => {
    response.once('end', () => resolve('ended in order'))
    response.on('error', (error: NodeJS.ErrnoException) => resolve(`cut off ${error.code}`))
  })
  await once(response, 'data')
  const end = untilSilent(ended, () => events)
  void end.then(() => request.destroy())
  return { end, localPort: (request.socket as unknown as { localPort: number }).localPort }
}

export const outcomeOf = (opening: Promise<Client>): Promise<Outcome> =>
  opening.then(
    client => client.end.then(end => `opened, ${end}`),
    (error: Error) => error.message,
  )
