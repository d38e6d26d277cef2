import { expect, test } from 'vitest'
import { renderJunit } from '../../src/report/junit.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { upgradeReport } from '../../src/report/upgrade.ts'
import { fullReport } from './sample-report.ts'

const note = '1,204 requests of k6/read.js without the tag of an interaction: left out of all shares'

test('what is to be known of a load is in every form, and a report without it is still read', () => {
  const report = fullReport()
  expect(upgradeReport(structuredClone(report))).toEqual(report)
  const [first, ...others] = report.scenarios
  if (!first) throw new Error('the sample has no scenario')
  const noted = { ...report, scenarios: [{ ...first, notes: [note, '<marquee>'] }, ...others] }
  expect(upgradeReport(structuredClone(noted))).toEqual(noted)
  expect(renderTerminal(noted).replaceAll(/\n\s+/g, ' ')).toContain(`Notes: ${first.name}: ${note}`)
  expect(renderTerminal(noted, undefined, { quiet: true })).not.toContain('Notes:')
  expect(renderMarkdown(noted)).toContain(`**Notes**\n\n- ${first.name}: ${note}`)
  expect(renderMarkdown(noted)).not.toContain('<marquee>')
  expect(renderJunit(noted)).toContain(`<property name="notes" value="${note}; &lt;marquee&gt;"`)
  expect(renderTerminal(report) + renderMarkdown(report) + renderJunit(report)).not.toMatch(/Notes|notes/)
})
