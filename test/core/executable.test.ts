import { chmod, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { findExecutable } from '../../src/core/executable.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test('the first executable of that name on the path is found', async () => {
  await using folder = await temporaryFolder()
  const tool = join(folder.path, 'tool')
  await writeFile(tool, '')
  const path = ['/nowhere', folder.path].join(delimiter)
  expect(findExecutable('tool', path)).toBeNull()
  await chmod(tool, 0o755)
  expect(findExecutable('tool', path)).toBe(tool)
  expect(findExecutable('other', path)).toBeNull()
  expect(findExecutable('tool', '')).toBeNull()
})

test('the path of this process is searched unless another is given', () => {
  expect(findExecutable('node')).toMatch(/\/node$/)
  expect(findExecutable('no-tool-has-this-name')).toBeNull()
})
