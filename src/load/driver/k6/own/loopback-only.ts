/** IPv6 addresses have so many bits. */
const bits = 128

/**
 * All but 127.0.0.0/8 and ::1, as the networks that k6 is to refuse (its option `blacklistIPs`): whatever a user's script has
 * in mind, it reaches nothing beyond this machine.
 */
export const beyondLoopback: readonly string[] = [...ipv4BeyondLoopback(), ...ipv6BeyondLoopback()]

function ipv4BeyondLoopback(): string[] {
  // 127 is 01111111: each prefix of it with its last bit turned over is a network beside it.
  return Array.from({ length: 8 }, (_, bit) => {
    const first = (0b0111_1111 ^ (1 << (7 - bit))) & (0xff << (7 - bit)) & 0xff
    return `${first}.0.0.0/${bit + 1}`
  })
}

function ipv6BeyondLoopback(): string[] {
  return Array.from({ length: bits }, (_, bit) => {
    const groups = Array.from({ length: bits / 16 }, () => 0)
    // ::1 has its last bit alone: turned over, that is ::, and every other is a bit set.
    if (bit < bits - 1) groups[Math.floor(bit / 16)] = 1 << (15 - (bit % 16))
    return `${groups.map((group) => group.toString(16)).join(':')}/${bit + 1}`
  })
}
