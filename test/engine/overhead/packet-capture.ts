import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Counted } from './every-way.ts'

const STARTUP_MS = 15_000
/** What the kernel handed over is written out by then. */
const SETTLE_MS = 1000

/** What tshark sees on loopback from and to a port while `run` lasts; a string says why it sees nothing. */
export async function capture(port: number, run: () => Promise<void>): Promise<Counted | string> {
  const fields = ['frame.number', 'tcp.srcport', 'tcp.len', 'tcp.analysis.retransmission'].flatMap(field => [
    '-e',
    field,
  ])
  // 96 octets hold all headers; the length of what is cut off stands in them.
  const words = ['-i', 'lo', '-f', `tcp port ${port}`, '-s', '96', '-B', '16', '-l', '-T', 'fields', ...fields]
  const tshark = spawn('tshark', words)
  const said = { out: '', error: '' }
  tshark.stdout.on('data', bytes => (said.out += String(bytes)))
  tshark.stderr.on('data', bytes => (said.error += String(bytes)))
  const ended = once(tshark, 'close')
  if (!(await isCapturing(tshark, said))) {
    tshark.kill('SIGKILL')
    return `tshark does not capture here: ${said.error.trim().split('\n').at(-1)}`
  }
  await run()
  await sleep(SETTLE_MS)
  tshark.kill('SIGINT')
  await ended
  if (/[1-9]\d* packets? dropped/.test(said.error)) return 'the kernel dropped packets of the capture'
  return counted(said.out, port)
}

async function isCapturing(tshark: ChildProcessWithoutNullStreams, said: { error: string }): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < STARTUP_MS && tshark.exitCode === null; waitedMs += 100) {
    if (said.error.includes('Capturing on')) {
      await sleep(SETTLE_MS)
      return !/permission|error/i.test(said.error)
    }
    await sleep(100)
  }
  return false
}

function counted(lines: string, port: number): Counted {
  const result: Counted = { toServer: 0, toClient: 0, pieces: [] }
  for (const line of lines.trim().split('\n')) {
    const [, from, length, retransmission] = line.split('\t')
    if (retransmission !== undefined && retransmission !== '') continue
    if (Number(from) !== port) result.toServer += Number(length)
    else if (Number(length) > 0) result.pieces.push(Number(length))
  }
  result.toClient = result.pieces.reduce((sum, bytes) => sum + bytes, 0)
  return result
}
