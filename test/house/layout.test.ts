import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { floors } from '../../oxlint.config.ts'

const src = join(import.meta.dirname, '../../src')
const entries = readdirSync(src, { recursive: true, withFileTypes: true })
const files = entries
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(src.length + 1))
const folders = entries.filter((entry) => entry.isDirectory())

/** Where there is too much of it, a file holds more than one idea. */
const maxLines = 200

test('every folder of src/ has its floor in oxlint.config.ts', () => {
  expect(files).toContain(join('core', 'errors.ts'))
  const top = folders.filter((entry) => entry.parentPath === src).map((entry) => entry.name)
  expect(top.filter((name) => !floors.includes(name))).toEqual([])
})

test('no file is a drawer: types.ts, utils, common, helpers', () => {
  const drawer = /^(types?|utils?|common|helpers?|misc|shared)(\.ts)?$/
  const drawers = [...folders.map((entry) => entry.name), ...files.map((file) => basename(file))]
  expect(drawers.filter((name) => drawer.test(name))).toEqual([])
})

test('no folder has a barrel: index.ts is the authoring API alone', () => {
  expect(files.filter((file) => basename(file) === 'index.ts')).toEqual(['index.ts'])
})

test('files and folders are written in kebab-case', () => {
  const names = [...folders.map((entry) => entry.name), ...files.map((file) => basename(file))]
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/.test(name))).toEqual([])
})

test(`no source file is longer than ${maxLines} lines`, () => {
  const long = files
    .map((file) => ({ file, lines: readFileSync(join(src, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > maxLines)
  expect(long).toEqual([])
})

test('docs/architecture.md draws the floors in their order', () => {
  const drawn = readFileSync(join(src, '../docs/architecture.md'), 'utf8').matchAll(/^[├└]── ([a-z]+)\/ /gm)
  expect([...drawn].map((line) => line[1])).toEqual(floors)
})
