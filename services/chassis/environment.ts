/** What a service reads from its environment, and nowhere else. */
export const environment = {
  host: process.env.HOST ?? '127.0.0.1',
  port: Number(process.env.PORT ?? 0),
  instance: process.env.INSTANCE,
  /** A folder that survives a restart. */
  data: process.env.DATA,
}

/** An address the service cannot do without. */
export function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`Failed to start: the environment lacks ${name}.`)
  return value
}

/** Comma-separated, as in `STOREFRONT_URLS`. */
export function listOf(text: string | undefined): string[] {
  return (text ?? '').split(',').flatMap((item) => item.trim() || [])
}

/** The defects that are switched on. A name nobody knows ends the start: a typing error would test nothing. */
export function readDefects<Defect extends string>(known: readonly Defect[]): (defect: Defect) => boolean {
  const on = new Set(listOf(process.env.DEFECTS))
  const unknown = [...on].filter((name) => !known.includes(name as Defect))
  if (unknown.length)
    throw new Error(`Failed to start: no such defect: ${unknown.join(', ')}. Known: ${known.join(', ') || 'none'}.`)
  return (defect) => on.has(defect)
}
