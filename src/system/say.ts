import { suggestion } from '../core/nearest.ts'

/** Says what is wrong at a place of the config. */
export type Say = (path: readonly string[], message: string, hint?: string) => void

export function sayUnknownService(say: Say, path: readonly string[], name: unknown, known: readonly string[]): void {
  say(path, `unknown service "${String(name)}"`, suggestion(String(name), known))
}

export function sayUnknownKeys(say: Say, path: readonly string[], given: object, known: readonly string[]): void {
  for (const key of Object.keys(given).filter((one) => !known.includes(one)))
    say([...path, key], `unknown option "${key}"`, suggestion(key, known))
}
