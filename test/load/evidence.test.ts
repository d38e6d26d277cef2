import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EvidenceChooser, type Finding } from '../../src/load/answers/evidence.ts'
import { readEvidence } from '../../src/load/evidence-file.ts'
import type { Evidence } from '../../src/load/workload.ts'
import { temporaryFolder } from '../temporary-folder.ts'

interface Change {
  interaction?: number
  keeps?: number
  sentAt?: number
  status?: number
  error?: Finding['ending']['error']
  body?: string
}

function finding({
  interaction = 0,
  keeps = 0,
  sentAt = 5_000,
  status = 500,
  error = 'none',
  body = '',
}: Change = {}): Finding {
  return {
    sequence: 7,
    interaction,
    late: 0,
    url: 'http://127.0.0.1:1/a?token=s3cret&page=2',
    outgoing: {
      method: 'POST',
      path: '/a?token=s3cret&page=2',
      headers: { authorization: 'Bearer s3cret', 'x-mine': 's3cret', accept: 'any' },
      body: JSON.stringify({ password: 's3cret', text: 'seen' }),
    },
    ending: {
      sentAt,
      took: 12.5,
      error,
      detail: error === 'none' ? null : 'so it was',
      answer: { status, headers: { 'set-cookie': 'a=s3cret', 'content-type': 'text/plain' }, body },
    },
    keeps,
    explain: () => [{ bit: 0, half: 'normal', issues: ['status: is 500, wanted 200'] }],
  }
}

const count = (chooser: EvidenceChooser, findings: Finding[]) =>
  findings.filter((one) => chooser.consider(one) !== null).length
const many = (howMany: number, change: Change) => Array.from({ length: howMany }, () => finding(change))

test('a response that keeps no half becomes one line of evidence, its secrets masked', () => {
  const line =
    new EvidenceChooser('run', ['x-mine', 'mark']).consider(finding({ body: '{"mark":"s3cret","id":1}' })) ?? ''
  expect(line).not.toContain('s3cret')
  expect(line.indexOf('\n')).toBe(line.length - 1)
  const evidence = JSON.parse(line) as Evidence
  expect(evidence).toEqual({
    sequence: 7,
    requestId: 'run-7',
    interaction: 0,
    sentAt: 5_000,
    took: 12.5,
    keeps: 0,
    error: null,
    request: {
      method: 'POST',
      url: expect.stringMatching(/^http:\/\/127.0.0.1:1\/a\?token=[^&]+&page=2$/),
      headers: { authorization: '•••', 'x-mine': '•••', accept: 'any' },
      body: '{"password":"•••","text":"seen"}',
    },
    response: {
      status: 500,
      headers: { 'set-cookie': '•••', 'content-type': 'text/plain' },
      body: '{"mark":"•••","id":1}',
    },
    wanted: [{ bit: 0, half: 'normal', issues: ['status: is 500, wanted 200'] }],
  })
})

test('the error is told in words', () => {
  const line = new EvidenceChooser('run', []).consider(finding({ error: 'reset' })) ?? ''
  expect(JSON.parse(line)).toMatchObject({ error: 'reset: so it was' })
})

test('bodies are masked first and then cut at 4 KiB, and no character in two', () => {
  const body = JSON.stringify({ text: 'ä'.repeat(3_000), password: 's3cret' })
  const evidence = JSON.parse(new EvidenceChooser('run', []).consider(finding({ body })) ?? '') as Evidence
  const kept = evidence.response?.body ?? ''
  expect(kept).toBe(`{"text":"${'ä'.repeat(2_043)}`)
  const secretFirst = JSON.stringify({ password: 's3cret', text: 'x'.repeat(9_000) })
  expect(new EvidenceChooser('run', ['x-mine']).consider(finding({ body: secretFirst }))).not.toContain('s3cret')
})

test('three of a kind in each second', () => {
  const chooser = new EvidenceChooser('run', [])
  expect(count(chooser, many(10, {}))).toBe(3)
  expect(count(chooser, many(10, { sentAt: 5_999.9 }))).toBe(0)
  expect(count(chooser, many(10, { sentAt: 6_000 }))).toBe(3)
  expect(count(chooser, many(10, { interaction: 1 }))).toBe(3)
  expect(count(chooser, many(10, { keeps: 2 }))).toBe(3)
  expect(count(chooser, many(10, { status: 503 }))).toBe(3)
  expect(count(chooser, many(10, { error: 'reset' }))).toBe(3)
})

test('2,000 in all', () => {
  const chooser = new EvidenceChooser('run', [])
  const findings = Array.from({ length: 5_000 }, (_, second) => finding({ sentAt: second * 1_000 }))
  expect(count(chooser, findings)).toBe(2_000)
})

test('of those that keep the normal half, the first two of each interaction, whatever the rest is', () => {
  const chooser = new EvidenceChooser('run', [])
  count(
    chooser,
    Array.from({ length: 5_000 }, (_, second) => finding({ sentAt: second * 1_000 })),
  )
  expect(count(chooser, many(10, { keeps: 1 }))).toBe(2)
  expect(count(chooser, many(10, { keeps: 3, sentAt: 90_000 }))).toBe(0)
  expect(count(chooser, many(10, { keeps: 3, interaction: 1 }))).toBe(2)
})

test('a file of evidence is read but for a last line that was cut short', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'evidence.jsonl')
  expect(readEvidence(file)).toEqual([])
  const line = new EvidenceChooser('run', []).consider(finding()) ?? ''
  await writeFile(file, line + line)
  expect(readEvidence(file)).toEqual([JSON.parse(line), JSON.parse(line)])
  await appendFile(file, line.slice(0, 40))
  expect(readEvidence(file).length).toBe(2)
  await writeFile(file, `${line}{"cut":\n${line}`)
  expect(() => readEvidence(file)).toThrow(`Failed to read "${file}:2"`)
})
