import { excuseOf } from './decision.ts'
import { exhibitOf } from './exhibit.ts'
import { type Finding, findingsOf } from './finding.ts'
import { endsOf, notPlayedOf } from './matters.ts'
import { printable } from './printable.ts'
import type { Report, ScenarioReport } from './report.ts'
import { element, renderXml, type XmlElement } from './xml.ts'

/**
 * JUnit XML: a suite for each scenario, a case for each promise, and for all that is not well besides: deaths, doubts, and
 * the reasons not to ship that are about no scenario. What is undecided is an error, never skipped: green means that it ships.
 */
export function renderJunit(given: Report): string {
  const report = printable(given)
  const suites = [...report.scenarios.map((scenario) => scenarioSuite(scenario, report)), ...runSuite(report)]
  const { system, tookMs } = report.run
  return renderXml(element('testsuites', { name: system, ...countsOf(suites), time: seconds(tookMs) }, suites))
}

function scenarioSuite(scenario: ScenarioReport, report: Report): XmlElement {
  const { name, faults, notes = [], promises, file, word, startedAt, tookMs } = scenario
  const classname = faults.length === 0 ? name : `${name}: ${faults.join(', ')}`
  const kept = promises
    .filter(({ status }) => status === 'kept')
    .map(({ phase, text }) => element('testcase', { name: `${phase}: ${text}`, classname }))
  const findings = findingsOf(scenario, report.decision).map((finding) => findingCase(finding, scenario, classname))
  return suite(name, [...kept, ...findings], {
    properties: { word, ...(notes.length > 0 ? { notes: notes.join('; ') } : {}), ...propertiesOf(report) },
    attributes: {
      time: seconds(tookMs),
      timestamp: startedAt === null ? undefined : new Date(startedAt).toISOString().slice(0, 19),
      file,
    },
  })
}

function findingCase(finding: Finding, scenario: ScenarioReport, classname: string): XmlElement {
  const { kind, text, reason, excuse } = finding
  const body = detailsOf(finding, scenario)
  if (excuse !== null)
    return element('testcase', { name: text, classname }, [
      element('system-out', {}, `${kind}, but ${excuse}\n${body}`),
    ])
  const isInconclusive = kind === 'undecided' || kind === 'doubt' || kind === 'unproven'
  const message = isInconclusive ? `inconclusive: ${reason ?? text}` : (reason ?? text)
  const outcome = kind === 'broken' || kind === 'undeclared' ? 'failure' : 'error'
  return element('testcase', { name: text, classname }, [element(outcome, { type: kind, message }, body)])
}

/** The reason, the first response against it with what was logged, and how to play it again. */
function detailsOf({ text, reason, promise }: Finding, { title, logs, replay }: ScenarioReport): string {
  const evidence = promise?.evidence
  const exhibit = evidence ? exhibitOf(evidence, logs[evidence.requestId] ?? []) : []
  return [
    title,
    text,
    ...(reason === null ? [] : [reason]),
    ...exhibit.map((line) => (line.label === '' ? `  ${line.text}` : `${line.label}: ${line.text}`)),
    `replay: ${replay}`,
  ].join('\n')
}

/** What stands against the run, and the reasons not to ship that are about no scenario that was played. */
function runSuite(report: Report): XmlElement[] {
  const { run, scenarios, decision } = report
  const played = new Set<string | null>(scenarios.map(({ name }) => name))
  const reasons =
    decision === null || decision.ship ? [] : decision.reasons.filter(({ scenario }) => !played.has(scenario))
  const matters = new Map(
    [...endsOf(report), ...notPlayedOf(report), ...reasons].map((matter) => [matter.text, matter]),
  )
  const cases = [...matters.values()].map((matter) => {
    const excuse = excuseOf(matter, decision)
    const outcome =
      excuse === null
        ? element('error', { type: 'run', message: matter.text }, run.endedBy?.hint ?? '')
        : element('system-out', {}, excuse)
    return element('testcase', { name: matter.text, classname: run.system }, [outcome])
  })
  return cases.length === 0
    ? []
    : [suite(`${run.system} (the run)`, cases, { properties: propertiesOf(report), attributes: {} })]
}

function suite(
  name: string,
  cases: readonly XmlElement[],
  { properties, attributes }: { properties: Record<string, string>; attributes: XmlElement['attributes'] },
): XmlElement {
  const written = Object.entries(properties).map(([key, value]) => element('property', { name: key, value }))
  return element('testsuite', { name, ...countsOf(cases), skipped: 0, ...attributes }, [
    element('properties', {}, written),
    ...cases,
  ])
}

function propertiesOf({ run }: Report): Record<string, string> {
  return {
    seed: String(run.seed),
    variant: run.variants.join(', ') || 'none',
    engines: run.engines,
    run: run.id,
    brownout: run.brownout,
  }
}

function countsOf(elements: readonly XmlElement[]): Record<string, number> {
  const count = (name: string, among: readonly XmlElement[]): number =>
    among.reduce((sum, { name: found, children }) => {
      const inside = typeof children === 'string' ? 0 : count(name, children)
      return sum + inside + (found === name ? 1 : 0)
    }, 0)
  return { tests: count('testcase', elements), failures: count('failure', elements), errors: count('error', elements) }
}

function seconds(milliseconds: number | null): string | undefined {
  return milliseconds === null ? undefined : (milliseconds / 1_000).toFixed(3)
}
