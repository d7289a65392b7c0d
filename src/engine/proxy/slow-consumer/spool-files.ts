import { readdirSync, readlinkSync, statSync } from 'node:fs'

/**
 * Octets in the temporary files of the process that owns a socket, where it runs on this machine and may be looked at;
 * null where not. A spool file is open and already deleted, or lies in a folder for temporary files.
 */
export function spoolBytesOfOwner(inode: string): number | null {
  const pid = ownerOf(inode)
  return pid === null ? null : spoolBytes(pid)
}

function ownerOf(inode: string): string | null {
  const wanted = `socket:[${inode}]`
  for (const pid of names('/proc').filter(name => /^\d+$/.test(name)))
    if (names(`/proc/${pid}/fd`).some(fd => link(`/proc/${pid}/fd/${fd}`) === wanted)) return pid
  return null
}

function spoolBytes(pid: string): number {
  let bytes = 0
  for (const fd of names(`/proc/${pid}/fd`)) {
    const target = link(`/proc/${pid}/fd/${fd}`)
    if (!target.startsWith('/') || !/ \(deleted\)$|^\/(tmp|var\/tmp|var\/lib|var\/cache)\//.test(target)) continue
    try {
      const stat = statSync(`/proc/${pid}/fd/${fd}`)
      if (stat.isFile()) bytes += stat.size
    } catch {
      continue
    }
  }
  return bytes
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function link(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}
