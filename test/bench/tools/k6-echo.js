// k6: each virtual user holds one WebSocket and sends RATE messages a second, each timed by the clock it carries.
import { Trend } from 'k6/metrics'
import ws from 'k6/ws'

const connections = Number(__ENV.CONNECTIONS)
const rtt = new Trend('rtt', true)

export const options = {
  scenarios: { echo: { executor: 'per-vu-iterations', vus: connections, iterations: 1, maxDuration: '10m' } },
}

export default function () {
  ws.connect(__ENV.URL, {}, socket => {
    socket.on('open', () => {
      socket.setInterval(() => socket.send(String(Date.now()).padEnd(32)), 1000 / Number(__ENV.RATE))
    })
    socket.on('message', text => rtt.add(Date.now() - Number(text)))
  })
}
