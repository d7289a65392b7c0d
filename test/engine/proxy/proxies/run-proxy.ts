// Starts a real proxy from the system on free loopback ports, with its configuration in a folder of its own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface RunningProxy {
  stop(): Promise<void>
}

// Debian keeps servers where only root's PATH leads.
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }

export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { env }).status === 0
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  await Promise.all(servers.map(server => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))))
  const ports = servers.map(server => (server.address() as { port: number }).port)
  await Promise.all(servers.map(server => new Promise<void>(resolve => server.close(() => resolve()))))
  return ports
}

/** `files` are written into a new folder; `{folder}` in them and in the arguments is its path. */
export async function runProxy(
  program: string,
  args: string[],
  files: Record<string, string>,
  ports: number[],
): Promise<RunningProxy> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-proxy-'))
  const fill = (text: string) => text.replaceAll('{folder}', folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), fill(text))
  const child = spawn(program, args.map(fill), { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', bytes => (said = (said + String(bytes)).slice(-4000)))
  const stop = async () => {
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  for (const port of ports)
    if (!(await isListening(port, child))) {
      await stop()
      throw new Error(`${program} does not listen on ${port}: ${said}`)
    }
  return { stop }
}

async function isListening(port: number, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 150 && child.exitCode === null; tries += 1) {
    const open = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
    if (open) return true
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  return false
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const over = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 3000)
  await over
  clearTimeout(patience)
}
