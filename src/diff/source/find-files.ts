import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const contract = /\.contract\.m?[jt]s$/

export type FileKind = 'contract' | 'json'

export function kindOfFile(file: string): FileKind | undefined {
  if (contract.test(file)) return 'contract'
  return file.endsWith('.json') ? 'json' : undefined
}

/** The files that may be contracts or pacts, sorted: the one that is named, those below a folder, or its `contracts/`. */
export function findFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const contracts = join(path, 'contracts')
  return below(existsSync(contracts) ? contracts : path)
}

function below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => belowEntry(entry, join(folder, entry.name)))
}

function belowEntry(entry: Dirent, path: string): string[] {
  if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
  if (entry.isDirectory()) return below(path)
  return kindOfFile(entry.name) === undefined ? [] : [path]
}
