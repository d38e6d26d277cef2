import { BrownoutError, exitCodes, type Problem } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'

/** What of a run a choice of engines decides. */
export type Role = 'proxies' | 'load' | 'redis'

/** Which tools play, by role; what `--engines` says. */
export interface EngineChoice {
  /** As it stands in reports: `local`, or `load=k6,proxies=embedded`. */
  name: string
  load: 'embedded' | 'k6'
  /** An address is that of a Toxiproxy that runs already. */
  proxies: 'embedded' | 'toxiproxy' | `http://${string}`
  /** `any`: the machine's `redis-server`, or the stand-in where there is none. */
  redis: 'any' | 'stand-in' | 'redis-server'
}

type Tools = Omit<EngineChoice, 'name'>

const sets = {
  embedded: { load: 'embedded', proxies: 'embedded', redis: 'any' },
  local: { load: 'k6', proxies: 'toxiproxy', redis: 'redis-server' },
} satisfies Record<string, Tools>

export const engineSets = Object.keys(sets)

/** What can be said for each role. */
const words: Record<Role, readonly string[]> = {
  load: ['k6', 'embedded'],
  proxies: ['toxiproxy', 'embedded'],
  redis: ['redis-server', 'stand-in'],
}

/**
 * Reads `local`, `load=k6,proxies=embedded`, `local,redis=stand-in`, `local,proxies=http://127.0.0.1:8474`: a plain word is a
 * set, `embedded` unless said; `role=tool` chooses for one role. Throws one usage error with all that is wrong.
 */
export function readEngines(text = 'embedded'): EngineChoice {
  const problems: Problem[] = []
  const problem = (message: string, hint: string) => problems.push({ path: [], message, hint })
  const said = text.split(',').map((word) => word.trim())
  let set: keyof typeof sets | null = null
  const chosen = new Map<Role, string>()
  for (const word of said) {
    const at = word.indexOf('=')
    if (at === -1) {
      if (!isSet(word)) problem(`unknown set of engines "${word}"`, setHint(word))
      else if (set !== null && set !== word) problem(`"${set}" and "${word}" are two sets`, 'name one')
      else set = word
      continue
    }
    const [role, tool] = [word.slice(0, at), word.slice(at + 1)]
    if (!isRole(role)) {
      problem(`unknown role "${role}"`, suggestion(role, Object.keys(words)))
      continue
    }
    const trouble = role === 'proxies' && tool.includes(':') ? troubleOfAddress(tool) : troubleOfWord(role, tool)
    if (trouble) problem(...trouble)
    if (chosen.has(role)) problem(`${role} is chosen twice, "${chosen.get(role)}" and "${tool}"`, 'name one')
    chosen.set(role, tool)
  }
  if (problems.length > 0) throw badEngines(text, problems)
  const tools = { ...sets[set ?? 'embedded'], ...Object.fromEntries(chosen) } as Tools
  const named = Object.keys(words).flatMap((role) =>
    chosen.has(role as Role) ? `${role}=${chosen.get(role as Role)}` : [],
  )
  return { name: [...(set === null ? [] : [set]), ...named].join(','), ...tools }
}

function isSet(word: string): word is keyof typeof sets {
  return Object.hasOwn(sets, word)
}

function isRole(role: string): role is Role {
  return Object.hasOwn(words, role)
}

function setHint(word: string): string {
  // `--engines k6` is meant for a role.
  const role = Object.keys(words).find((each) => words[each as Role].includes(word))
  return role === undefined ? suggestion(word, engineSets) : `did you mean "${role}=${word}"?`
}

function troubleOfWord(role: Role, tool: string): [string, string] | null {
  const known = words[role]
  if (known.includes(tool)) return null
  const other = role === 'proxies' ? ', or the address of a Toxiproxy that runs: http://127.0.0.1:8474' : ''
  return [`unknown tool "${tool}" for ${role}`, suggestion(tool, known) + other]
}

/** Faults are injected on this machine alone. */
function troubleOfAddress(address: string): [string, string] | null {
  const example = 'write the address of its API: http://127.0.0.1:8474'
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^http:\/\/[^/@?#]+$/.test(address)) return [`"${address}" is no address of a Toxiproxy`, example]
  if (/^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(url.hostname)) return null
  return [`the Toxiproxy at "${address}" is not on loopback`, 'faults are injected on this machine only']
}

function badEngines(text: string, problems: readonly Problem[]): BrownoutError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`
  return new BrownoutError('BAD_ENGINES', `Failed to read --engines "${text}": ${count}.`, {
    exitCode: exitCodes.usage,
    problems,
    hint: 'A set (embedded, local), or tools by role (load=k6,proxies=embedded), or both (local,redis=stand-in).',
  })
}
