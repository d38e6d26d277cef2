import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, problem } from './answers.ts'
import { eventually, type Running, startService } from './processes.ts'

let comments: Running
beforeAll(async () => {
  comments = await startService('comments', { INSTANCE: 'comments#1' })
})
afterAll(() => comments[Symbol.asyncDispose]())

test('gives two comments of each article', async () => {
  for (const id of [1, 2, 3, 4, 5]) {
    const { status, body } = await ask(`${comments.url}/articles/${id}/comments`)
    expect(status).toBe(200)
    expect(body.comments).toHaveLength(2)
    expect(body.comments[0]).toEqual({ author: expect.any(String), text: expect.any(String) })
  }
})

test('tells cleanly what it does not have', async () => {
  expect(await ask(`${comments.url}/articles/99/comments`)).toEqual(problem(404))
  expect(await ask(`${comments.url}/nothing/here`)).toEqual(problem(404))
  expect(await ask(`${comments.url}/%`)).toEqual(problem(400))
})

test('says that it is well, and who it is', async () => {
  const { status, body } = await ask(`${comments.url}/healthz`)
  const upMs = expect.any(Number)
  expect({ status, body }).toEqual({
    status: 200,
    body: { status: 'ok', instance: 'comments#1', upMs, dependencies: {} },
  })
})

test('says for how long it has listened, each time it was started', async () => {
  await using started = await startService('comments')
  const upMs = async ({ url }: Running): Promise<number> => (await ask(`${url}/healthz`)).body.upMs
  const first = await upMs(started)
  await eventually(async () => expect(await upMs(started)).toBeGreaterThan(first + 100))
  await using again = await startService('comments')
  expect(await upMs(again)).toBeLessThan(await upMs(started))
})

test('ends on SIGTERM with the answer under way, and with exit code 0', async () => {
  await using short = await startService('comments')
  await ask(`${short.url}/articles/1/comments`)
  expect(await short.stop()).toBe(0)
})

test('does not start with a defect it does not know', async () => {
  await expect(startService('comments', { DEFECTS: 'no-such-thing' })).rejects.toThrow(/no such defect: no-such-thing/)
})
