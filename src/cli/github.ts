import { appendFileSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { messageOf } from '../core/errors.ts'
import { locate } from '../core/place.ts'
import { type Place, renderAnnotations } from '../report/annotations.ts'
import { renderMarkdown } from '../report/markdown.ts'
import type { Report } from '../report/report.ts'
import { complain } from './safe-text.ts'

/**
 * In a GitHub workflow: annotations on the scenarios' files, and the report as the summary of the step. The runner reads
 * commands from standard error as well, which keeps standard output for the report.
 */
export function tellGitHub(report: Report, env: NodeJS.ProcessEnv): void {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY, GITHUB_WORKSPACE = '.' } = env
  if (!GITHUB_ACTIONS) return
  const folder = dirname(resolve(report.run.config ?? 'brownout.config.ts'))
  process.stderr.write(
    renderAnnotations(report, (file, path) => placeOf(resolve(folder, file), path, GITHUB_WORKSPACE)),
  )
  try {
    if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, renderMarkdown(report))
  } catch (error) {
    complain(`Failed to write the summary of the step "${GITHUB_STEP_SUMMARY}": ${messageOf(error)}.`)
  }
}

function placeOf(file: string, path: readonly string[], workspace: string): Place {
  return { file: relative(resolve(workspace), file), line: locate(textOf(file), path) }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
