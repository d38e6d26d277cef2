import type { EnvReference } from '../system/define.ts'

export interface ScriptOptions {
  /** The service at whose door the script's traffic goes in: its address is `BASE_URL`. The provider of its interactions when absent. */
  target?: string
  /** Whether the thresholds in the script's options are promises of the scenario. */
  thresholds?: boolean
  /** The interactions by whose keys the script tags requests: `{ tags: { interaction: 'browser → shop / read' } }`. */
  interactions?: readonly string[]
  /** What else the script finds in `__ENV`: texts, and addresses by `url(…)`, `host(…)` and `port(…)`. */
  env?: Readonly<Record<string, string | EnvReference>>
}

/** A k6 script as the load of a scenario: its own options say how much it sends, and for how long. */
export interface ScriptLoad extends Readonly<Required<Omit<ScriptOptions, 'target'>>> {
  readonly kind: 'k6'
  /** Relative to the folder of the config file. */
  readonly script: string
  readonly target?: string
}

/** `k6('k6/checkout.ts', { target: 'storefront', thresholds: true })`: a k6 script plays as it is. */
export function k6(script: string, options: ScriptOptions = {}): ScriptLoad {
  return { kind: 'k6', script, thresholds: false, interactions: [], env: {}, ...options }
}
