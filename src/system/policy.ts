/** What the gate makes of a report; all of it may be left out. */
export interface GatePolicy {
  /** Scenarios that must be played and kept, by name; all unless said otherwise. Of the others one is only warned. */
  required?: readonly string[]
  /** What an undecided promise or an inconclusive scenario means: exit 3, exit 1, or a warning. */
  undecided?: 'inconclusive' | 'broken' | 'warning'
  /** What it means that nobody said what holds (see `undeclared` in docs/responses.md). A warning unless said otherwise. */
  undeclared?: 'broken' | 'warning'
  waivers?: readonly Waiver[]
}

/** Lets something pass for a while, with a name to it. An expired one is an error of the config. */
export interface Waiver {
  scenario: string
  /** One promise, as reports print it: `'during: share of broken at most 5 %'`; the whole scenario when absent. */
  promise?: string
  owner: string
  reason: string
  /** The last day on which it counts: `'2027-01-31'`. */
  expires: string
}
