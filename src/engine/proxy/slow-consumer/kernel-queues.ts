import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** A TCP socket of this network namespace, with what its kernel queues hold. */
export interface KernelSocket {
  localPort: number
  remotePort: number
  /** Written and not acknowledged. */
  sendBytes: number
  /** Received and not read. */
  receiveBytes: number
  inode: string
  /** Of RFC 9293 §3.3.2, as the kernel numbers them. */
  state: number
}

export const ESTABLISHED = 1

const FILES = ['/proc/net/tcp', '/proc/net/tcp6']

/** All of them on Linux; elsewhere none. */
export function kernelSockets(): KernelSocket[] {
  return FILES.flatMap(file => {
    try {
      return parse(readFileSync(file, 'utf8'))
    } catch {
      return []
    }
  })
}

/**
 * The same for those who look often: the kernel walks its whole table for each look, some ms in which this thread would
 * neither read nor time anything.
 */
export async function kernelSocketsAside(): Promise<KernelSocket[]> {
  const texts = await Promise.all(FILES.map(file => readFile(file, 'utf8').catch(() => '')))
  return texts.flatMap(parse)
}

const parse = (text: string): KernelSocket[] => text.split('\n').slice(1).flatMap(parseLine)

function parseLine(line: string): KernelSocket[] {
  const fields = line.trim().split(/\s+/)
  const [, local, remote, state, queues] = fields
  if (local === undefined || remote === undefined || queues === undefined) return []
  const hex = (text: string | undefined) => Number.parseInt(text ?? '0', 16)
  const [send, receive] = queues.split(':')
  return [
    {
      localPort: hex(local.split(':')[1]),
      remotePort: hex(remote.split(':')[1]),
      sendBytes: hex(send),
      receiveBytes: hex(receive),
      inode: fields[9] ?? '',
      state: hex(state),
    },
  ]
}
