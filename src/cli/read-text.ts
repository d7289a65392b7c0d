import { UsageError } from '../config/errors.ts'
import type { ReadText } from '../config/target.ts'
import { quote } from '../config/units.ts'
import type { ProcessWorld } from '../world/process.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ERR_STRING_TOO_LONG: 'it is too large',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
}

/** Reads the files that options name; one that cannot be read is a usage error naming flag and reason. */
export function textReader(world: ProcessWorld): ReadText {
  return (path, flag) => {
    try {
      return world.readText(path)
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException
      throw new UsageError(
        `${flag} ${quote(path)} cannot be read: ${REASONS[code] ?? message}`,
        flag.replace(/^--/, ''),
      )
    }
  }
}
