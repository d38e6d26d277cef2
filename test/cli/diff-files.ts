import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brownout } from './brownout.ts'

/** A contract in which an article has this schema. */
export function contract(article: string, { consumer = 'browser', more = '' } = {}): string {
  return `import { defineContract, refused } from 'brownout'
import { z } from 'zod'

export default defineContract({
  consumer: '${consumer}',
  provider: 'shop',
  interactions: {
    read: {
      request: { method: 'GET', path: '/articles/{id}' },
      parameters: { id: 1 },
      response: { body: z.object({ article: ${article} }) },
      degraded: { 'redis: slow': refused({ retryAfter: true, within: '1s' }) },${more}
    },
  },
})
`
}

/** A pact that says of an article only that it is like this one. */
export function pact(article: unknown): string {
  return JSON.stringify({
    consumer: { name: 'browser' },
    provider: { name: 'shop' },
    interactions: [
      {
        description: 'read',
        request: { method: 'GET', path: '/articles/1' },
        response: { status: 200, body: { article }, matchingRules: { '$.body.article': { match: 'type' } } },
      },
    ],
  })
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** A repository in which each set of files is a commit. */
export function repository(folder: string, commits: readonly Readonly<Record<string, string>>[]): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], { cwd: folder })
  git('init', '--quiet', '--initial-branch=main')
  for (const files of commits) {
    write(folder, files)
    git('add', '--all')
    git('commit', '--quiet', '--message', 'change')
  }
}

export async function diff(cwd: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const running = brownout(['diff', ...args], { cwd, env: { TMPDIR: cwd } })
  const { code } = await running.exited
  return { code, output: running.output() }
}
