import { type OnReadOpts, Socket } from 'node:net'

/** Not in Node's documentation, and not in its types. */
interface WithHandle {
  _handle?: object | null
}

/**
 * An accepted socket, made anew around its handle so that it reads through `onread`: Node offers that only to sockets
 * which connect. Without a handle to take, the stream's own chunks are handed over, for a little more CPU.
 */
export function adoptSocket(accepted: Socket, onread: OnReadOpts, handle = (accepted as WithHandle)._handle): Socket {
  if (!handle) {
    accepted.on('data', (bytes: Buffer) => onread.callback(bytes.length, bytes))
    return accepted
  }
  const options = { handle, onread, pauseOnCreate: true, allowHalfOpen: true, readable: true, writable: true }
  const socket = new Socket(options)
  // The server counts the old one as open until it is destroyed, which without its handle touches nothing.
  ;(accepted as WithHandle)._handle = null
  accepted.destroy()
  return socket
}

/** Closes with a RST. While a FIN is just being sent that fails (EINVAL) and would leave the socket open for ever. */
export function resetSocket(socket: Socket): void {
  const sendsFin = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0
  if (sendsFin) socket.once('finish', () => socket.resetAndDestroy())
  else socket.resetAndDestroy()
}
