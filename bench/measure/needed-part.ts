import { askVersion, findPart, type PartName } from '../../src/core/parts.ts'

/** A tool that a bench stands beside: its file, and the version it says it is. */
export async function neededPart(name: PartName): Promise<{ file: string; version: string }> {
  const part = findPart(name)
  if (part === null) throw new Error(`${name} is missing: npm run parts`)
  return { file: part.file, version: await askVersion(name, part) }
}
