import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openToAppend, whyUnwritable } from '../../src/core/unwritable.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test('a file that takes more has no reason not to, and gets an empty line', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'a.log')
  writeFileSync(file, 'a')
  expect(whyUnwritable(file)).toBeNull()
  expect(readFileSync(file, 'utf8')).toBe('a\n')
})

test.runIf(process.platform === 'linux')('a full disk is named, and where, and what to do', () => {
  expect(whyUnwritable('/dev/full')).toMatchObject({
    code: 'UNWRITABLE',
    exitCode: 3,
    message: expect.stringMatching(/^Failed to write "\/dev\/full": ENOSPC/) as string,
    hint: expect.stringContaining('--home DIR') as string,
  })
})

test('what cannot be opened is an error', () => {
  expect(() => openToAppend('/nowhere/a.log')).toThrow('Failed to write "/nowhere/a.log": ENOENT')
})
