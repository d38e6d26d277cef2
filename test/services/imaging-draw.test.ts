import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { describe as told, draw } from '../../services/imaging/draw.ts'

const size = { width: 40, height: 30 }

test('draws a picture that can be read back', () => {
  const png = draw('album 1 of order 1', size)
  expect(decode(png)).toMatchObject({ ...size, channels: 3, depth: 8 })
  const { sha256, ...rest } = told(png, size)
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(rest).toEqual({ ...size, bytes: png.length })
})

test('draws the same picture of the same subject, and another one of another', () => {
  const subjects = ['album 1 of order 1', 'album 1 of order 2', 'album 2 of order 1', 'album 1 of order 1']
  const [first, ...others] = subjects.map((subject) => told(draw(subject, size), size).sha256)
  expect(others).toEqual([expect.not.stringMatching(first ?? ''), expect.not.stringMatching(first ?? ''), first])
})

test.for([
  { width: 1, height: 1 },
  { width: 96, height: 1 },
  { width: 1, height: 96 },
])('draws in %j too', (small) => {
  expect(decode(draw('lake', small))).toMatchObject(small)
})
