import { type ToxicKind, milliseconds } from '../toxic.ts'

/**
 * Drops all data, and closes the connection when `timeout` ms long nothing was dropped; 0 never closes: a black hole.
 * Removing it closes the connection, for its stream has a hole now.
 */
export const timeout: ToxicKind<'timeout'> = {
  type: 'timeout',
  attributes: { timeout: milliseconds },

  affect(attributes, outlet) {
    let timer: NodeJS.Timeout | undefined
    const arm = () => {
      clearTimeout(timer)
      timer = attributes.timeout > 0 ? setTimeout(() => outlet.close(), attributes.timeout) : undefined
    }
    arm()
    return {
      data: () => void timer?.refresh(),
      updated: arm,
      release() {
        clearTimeout(timer)
        return []
      },
      removed: () => outlet.close(),
    }
  },
}
