import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import type { LedgerUndo, ToxiproxyUndo } from './ledger.ts'
import { resumeProcess } from './pause.ts'
import { isServerGone, readProxy, recreateProxy, removeToxic, setEnabled } from './toxiproxy-api.ts'

interface UndoOptions {
  /** Time limit of each call, ms; what the fault itself may keep a call waiting comes on top. */
  limitMs: number
  /** Last rung: a proxy server of our own is replaced by a fresh one, with all its proxies. */
  restart?: () => Promise<void>
}

/**
 * Undoes a fault and proves it by reading the proxy back. When a rung fails or hangs, the next is climbed:
 * remove → disable → recreate → restart. Returns the rungs that were needed; rejects when even the last did not help. A
 * server that is not ours to restart may have ended by itself, and every fault in it: that is the rung `gone`.
 */
export async function undoOverToxiproxy(undo: ToxiproxyUndo, options: UndoOptions): Promise<string[]> {
  const { api, proxy, toxic, waitsMs = 0 } = undo
  const { restart } = options
  const limitMs = options.limitMs + waitsMs
  const remove = () =>
    toxic === null ? setEnabled(api, proxy.name, true, limitMs) : removeToxic(api, proxy.name, toxic, limitMs)
  const rungs: [string, () => Promise<void>][] = [
    ['remove', remove],
    [
      'disable',
      async () => {
        await setEnabled(api, proxy.name, false, limitMs)
        await remove()
        await setEnabled(api, proxy.name, true, limitMs)
      },
    ],
    ['recreate', () => recreateProxy(api, proxy, limitMs)],
    ...(restart ? [['restart', restart] as [string, () => Promise<void>]] : []),
  ]
  const climbed: string[] = []
  const troubles: string[] = []
  for (const [name, climb] of rungs) {
    climbed.push(name)
    try {
      await climb()
      // Another fault may hold the proxy disabled; the rungs after the first enable it in any case.
      if (await isUndone(undo, name === 'remove' && toxic !== null, limitMs)) return climbed
      troubles.push(`${name}: the fault was still there`)
    } catch (error) {
      troubles.push(`${name}: ${messageOf(error)}`)
    }
  }
  if (!restart && (await isServerGone(api, limitMs))) return [...climbed, 'gone']
  throw new BrownoutError('NOT_UNDONE', `Failed to undo the fault on proxy "${proxy.name}": ${troubles.join('; ')}`, {
    exitCode: exitCodes.faultMayRemain,
    hint: `Look at ${api}/proxies, or end the Toxiproxy process that serves it.`,
  })
}

/** What the watcher, or a later run, does about a fault in the ledger. Rejects when it is still there. */
export function undoFromLedger(undo: LedgerUndo, limitMs: number): Promise<unknown> {
  return 'resume' in undo ? resumeProcess(undo.resume, limitMs) : undoOverToxiproxy(undo, { limitMs })
}

async function isUndone(
  { api, proxy, toxic }: ToxiproxyUndo,
  mayBeDisabled: boolean,
  limitMs: number,
): Promise<boolean> {
  const state = await readProxy(api, proxy.name, limitMs)
  return state !== null && (state.enabled || mayBeDisabled) && !state.toxics.some(({ name }) => name === toxic)
}
