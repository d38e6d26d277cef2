import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { lastLines, linesOf } from '../../src/system/log-lines.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const folder = await temporaryFolder()
afterAll(() => folder[Symbol.asyncDispose]())
let files = 0
function log(text: string): string {
  const file = join(folder.path, `${++files}.log`)
  writeFileSync(file, text)
  return file
}

describe('linesOf', () => {
  test.each([
    ['r7-1', true],
    ['id=r7-1', true],
    ['{"requestId":"r7-1"}', true],
    ['r7-1.', true],
    ['r7-12', false],
    ['r7-12 then r7-1', true],
    ['r7-', false],
    ['r7-1é', true],
  ])('%j is of request r7-1: %s', (line, found) => {
    expect(linesOf(log(`before\n${line}\nafter\n`), 'r7-1')).toEqual(found ? [line] : [])
  })

  test('the lines come in order, and no more of them than the limit', () => {
    const file = log(Array.from({ length: 80 }, (_, index) => `line ${index} of r-1`).join('\n'))
    expect(linesOf(file, 'r-1')).toHaveLength(50)
    expect(linesOf(file, 'r-1', 2)).toEqual(['line 0 of r-1', 'line 1 of r-1'])
    expect(linesOf(file, 'r-1', 100).at(-1)).toBe('line 79 of r-1')
  })

  test('lines that lie across the pieces in which a log is read stay whole, letters and all', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${'✓'.repeat(index % 70)} request r-${index} ✓`)
    const file = log(lines.join('\r\n'))
    for (const index of [0, 1, 9_999, 19_999]) expect(linesOf(file, `r-${index}`)).toEqual([lines[index]])
    expect(linesOf(file, ' ✓', 30_000)).toEqual(lines)
  })

  test('no log has no lines', () => {
    expect(linesOf(join(folder.path, 'nowhere.log'), 'r-1')).toEqual([])
    expect(linesOf(log(''), 'r-1')).toEqual([])
  })
})

describe('lastLines', () => {
  test('are the last, with or without a line end', () => {
    expect(lastLines(log('a\nb\nc\n'), 2)).toEqual(['b', 'c'])
    expect(lastLines(log('a\nb\nc'), 2)).toEqual(['b', 'c'])
    expect(lastLines(log('a\nb\n'))).toEqual(['a', 'b'])
    expect(lastLines(log(Array.from({ length: 30 }, (_, index) => index).join('\n')))).toHaveLength(20)
  })

  test('leave out what comes after the last words: stacks, empty lines, the version of Node', () => {
    const thrown =
      "/a.js:1\nthrow new Error('so it ends')\n^\n\nError: so it ends\n    at main (/a.js:1:7)\n\nNode.js v26.1.0\n"
    expect(lastLines(log(thrown), 2)).toEqual(["throw new Error('so it ends')", 'Error: so it ends'])
    const outOfMemory =
      'FATAL ERROR: heap out of memory\n----- Native stack trace -----\n\n 1: 0x840e50  [node]\n10: 0xf0 v8::A(int) [node]\n'
    expect(lastLines(log(outOfMemory))).toEqual(['FATAL ERROR: heap out of memory'])
  })

  test('of a large log are found at its end', () => {
    const file = log(`${'x'.repeat(1_000_000)}\n${'y'.repeat(70_000)}\nthe end\n`)
    expect(lastLines(file, 1)).toEqual(['the end'])
    expect(lastLines(file).at(-1)).toBe('the end')
  })

  test('of no log are none', () => {
    expect(lastLines(join(folder.path, 'nowhere.log'))).toEqual([])
  })
})
