import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { connect } from 'node:net'

/** Holds a port on which every SYN is dropped. */
export interface BlackHole {
  stop(): Promise<void>
}

// A stopped process accepts nothing; once its short queue is full, Linux drops further SYN packets unanswered.
const LISTENER = `
  const server = require('node:net').createServer()
  server.listen({ port: +process.argv[1], host: process.argv[2], backlog: 1 }, () => process.stdout.write('ready'))
  process.stdin.resume().on('end', () => process.exit())
`
const QUEUE_FILL = 4

export async function openBlackHole(port: number, host: string): Promise<BlackHole> {
  const child = spawn(process.execPath, ['-e', LISTENER, String(port), host], { stdio: ['pipe', 'pipe', 'ignore'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => reject(new Error(`the black hole could not listen on port ${port}`)))
  })
  child.kill('SIGSTOP')
  const fillers = await fillQueue(port, host)
  return { stop: () => stop(child, fillers) }
}

async function fillQueue(port: number, host: string): Promise<Socket[]> {
  const fillers = Array.from({ length: QUEUE_FILL }, () => connect({ port, host }).on('error', () => {}))
  // Those that fit in are connected at once, the others never.
  await new Promise(resolve => setTimeout(resolve, 50))
  return fillers
}

async function stop(child: ChildProcess, fillers: Socket[]): Promise<void> {
  for (const socket of fillers) socket.destroy()
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
