import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const repository = join(import.meta.dirname, '../..')
const pages = globSync(['*.md', '{docs,services,test,bench,contracts,scenarios,schema}/**/*.md'], { cwd: repository })

test('there are pages', () => {
  expect(pages).toContain('README.md')
})

test.each(pages)('every link in %s leads somewhere', (page) => {
  const text = readFileSync(join(repository, page), 'utf8')
  const links = [...text.matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map((link) => link[1] ?? '')
  const local = links.filter((link) => !/^[a-z]+:/.test(link))
  expect(local.filter((link) => !existsSync(join(repository, dirname(page), link)))).toEqual([])
})

test('every decision is in the list of decisions', () => {
  const list = readFileSync(join(repository, 'docs/decisions/README.md'), 'utf8')
  const decisions = globSync('*.md', { cwd: join(repository, 'docs/decisions') }).filter((name) => name !== 'README.md')
  expect(decisions.filter((name) => !list.includes(`](${name})`))).toEqual([])
})
