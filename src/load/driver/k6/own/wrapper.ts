import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { unwritable } from '../../../../core/unwritable.ts'
import { bodyLimitBytes } from '../../../answers/ending.ts'
import type { OwnScript, Workload } from '../../../workload.ts'
import { beyondLoopback } from './loopback-only.ts'

const instrument = fileURLToPath(new URL('../../../../../k6/instrument.js', import.meta.url))

/** Numbers for the requests of one script; one that tags more begins anew, and their ids are no more unique. */
const sequences = 2 ** 25

export interface WrapperParts {
  script: OwnScript
  workload: Workload
  /** Begins each line that is ours. */
  token: string
  folder: string
}

/** The files of one play of a user's script: what k6 runs, what that reads, and where it writes its summary. */
export interface WrapperFiles {
  wrapper: string
  settings: string
  summary: string
}

/** Writes the script that k6 runs: the user's, with its requests watched, its summary stored, and nothing but this machine in reach. */
export function writeWrapper({ script, workload, token, folder }: WrapperParts): WrapperFiles {
  const { run, firstSequence, interactions } = workload
  const name = join(folder, `k6-script-${process.pid}-${firstSequence}`)
  const files = { wrapper: `${name}.js`, settings: `${name}.json`, summary: `${name}-summary.json` }
  const settings = {
    token,
    run,
    firstSequence,
    sequences,
    // setup() and teardown() have VU 0.
    slots: script.virtualUsers + 1,
    interactions: Object.fromEntries(interactions.map(({ id, key }) => [key, id])),
    bodyLimitBytes,
  }
  write(files.settings, JSON.stringify(settings))
  write(files.wrapper, wrapperOf(script.file, files.summary))
  return files
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw unwritable(file, error)
  }
}

/** What is declared here outranks what the user's script exports by the same name. */
function wrapperOf(script: string, summary: string): string {
  const [user, watch] = [script, instrument].map((file) => JSON.stringify(pathToFileURL(file).href))
  return `import { beginWith, endWith } from ${watch};
import * as user from ${user};
export * from ${user};
export default user.default;

const own = user.options || {};
const stats = own.summaryTrendStats || ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)'];
const expressions = Object.values(own.thresholds || {})
  .flat()
  .map((each) => (typeof each === 'string' ? each : each.threshold));
const asked = expressions.map((text) => (/^\\s*(avg|min|med|max|p\\([^)]*\\))/.exec(text) || [])[1]).filter(Boolean);

export const options = {
  ...own,
  summaryTrendStats: [...new Set([...stats, ...asked, 'count'])],
  blacklistIPs: [...(own.blacklistIPs || []), ...${JSON.stringify(beyondLoopback)}],
};

export function setup() {
  return beginWith(user.setup);
}

export function teardown(data) {
  return endWith(user.teardown)?.(data);
}

export async function handleSummary(data) {
  let files = {};
  try {
    files = (user.handleSummary && (await user.handleSummary(data))) || {};
  } catch (error) {
    console.error('handleSummary of the script threw: ' + error);
  }
  return { ...files, ${JSON.stringify(summary)}: JSON.stringify(data) };
}
`
}
