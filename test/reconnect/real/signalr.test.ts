import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAILED, LOST, modelled } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'

test('SignalR tries after 0, 2, 10 and 30 s and then gives up', async () => {
  const time = installFakeTime()
  const recorded = installFakeWebSocket(
    time,
    index => (index === 0 ? LOST : FAILED),
    socket => {
      // The handshake of the JSON protocol is answered by an empty record.
      socket.onsend = () => setTimeout(() => socket.receive('{}\u001e'), 0)
      setInterval(() => socket.readyState === 1 && socket.receive('{"type":6}\u001e'), 10_000)
    },
  )
  const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import('@microsoft/signalr')
  // WebSocket is an option of the package that its types leave out.
  const options = { skipNegotiation: true, transport: HttpTransportType.WebSockets, WebSocket }
  const connection = new HubConnectionBuilder()
    .withUrl('http://127.0.0.1/hub', options)
    .configureLogging(LogLevel.None)
    .withAutomaticReconnect()
    .build()
  const started = connection.start()
  await time.runUntil(time.now() + 600_000)
  await started
  const fates = [LOST, FAILED, FAILED, FAILED, FAILED]
  assert.deepEqual([...delaysOf(recorded), 'exhausted'], await modelled('signalr', fates))
})
