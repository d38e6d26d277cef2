import { spawnSync } from 'node:child_process'

interface Test {
  skip(condition: boolean, note: string): void
}

/** Makes a folder one that not even root can remove: a disk of its own is mounted there. Skips where that is not allowed. */
export function busyFolder(ctx: Test, folder: string): Disposable {
  const run = (...[command = '', ...args]: string[]) => spawnSync(command, args).status === 0
  ctx.skip(!run('mount', '-t', 'tmpfs', 'tmpfs', folder), 'a folder that root cannot remove needs the right to mount')
  return { [Symbol.dispose]: () => void run('umount', folder) }
}
