import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askTool } from '../../src/core/ask-tool.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** A tool that is that shell script, asked with a short limit. */
async function ask(script: string, limitMs = 5_000): Promise<string> {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'tool')
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return await askTool(file, ['one', 'two'], { limitMs, env: { WORD: 'hello' } })
}

test('what is answered is what the tool prints on standard output; it has our environment and more', async () => {
  expect(await ask('echo "tool $1 $2 $WORD"; echo noise >&2; ls /')).toMatch(/^tool one two hello\n.*tmp/s)
})

test('a tool that reads its input finds none', async () => {
  expect(await ask('cat; echo done')).toBe('done\n')
})

test.for([
  { script: 'exec sleep 60', of: 'waits' },
  { script: 'sleep 60', of: 'has something wait for it' },
  { script: 'trap "" TERM INT HUP; sleep 60', of: 'heeds no signal' },
  { script: 'exec yes', of: 'goes on and on' },
  { script: 'sleep 60 & echo v1', of: 'leaves something behind that holds its output' },
])('one that $of is given up, and gone with all it started', async ({ script }) => {
  await using folder = await temporaryFolder()
  const pid = join(folder.path, 'pid')
  const startedAt = performance.now()
  await expect(ask(`echo $$ > ${pid}; ${script}`, 500)).rejects.toThrow('it did not answer in 500 ms')
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  await expect.poll(() => livingOfGroup(Number(readFileSync(pid, 'utf8')))).toEqual([])
})

test('one that fails says why', async () => {
  await expect(ask('echo "no such library" >&2; exit 3')).rejects.toThrow('it ended with exit code 3: no such library')
  await expect(ask('kill -SEGV $$')).rejects.toThrow('it ended with SIGSEGV')
})

test('one that is not there, and one that is no program, cannot be run', async () => {
  await using folder = await temporaryFolder()
  await expect(askTool(join(folder.path, 'nothing'), [])).rejects.toThrow('ENOENT')
  writeFileSync(join(folder.path, 'text'), 'just text')
  await expect(askTool(join(folder.path, 'text'), [])).rejects.toThrow('EACCES')
  writeFileSync(join(folder.path, 'noise'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 1, 2, 3]), { mode: 0o755 })
  await expect(askTool(join(folder.path, 'noise'), [])).rejects.toThrow(/ended with exit code|ENOEXEC/)
})

/** What ended and was not buried yet, as in a container without an init, does not count. */
function livingOfGroup(leader: number): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const [state, , group] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return Number(group) === leader && state !== 'Z'
    } catch {
      return false
    }
  })
}
