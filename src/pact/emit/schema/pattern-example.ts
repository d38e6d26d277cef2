import type { AST } from '@eslint-community/regexpp'
import { readPattern } from './portable-pattern.ts'

/**
 * A short text that matches a pattern: of alternatives the first, of repetitions the fewest that make it `minLength` long.
 * It is a guess where a pattern looks around, and is to be tried.
 */
export function exampleOf(source: string, minLength = 0): string {
  const pattern = readPattern(source)
  let text = ''
  for (let more = 0; more <= minLength; more++) {
    text = textOf(pattern, more)
    if (text.length >= minLength) break
  }
  return text
}

/** `more`: how often what may be repeated at will is repeated beyond what it must. */
function textOf(node: AST.Node, more: number): string {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return textOf(node.alternatives[0] as AST.Alternative, more)
    case 'Alternative':
      return node.elements.map((element) => textOf(element, more)).join('')
    case 'Quantifier':
      return textOf(node.element, more).repeat(Math.min(node.max, node.min + more))
    case 'Character':
      return String.fromCodePoint(node.value)
    case 'CharacterClass':
      return fromClass(node)
    case 'CharacterSet':
      return characterOf(node)
    case 'Backreference':
      return Array.isArray(node.resolved) ? '' : textOf(node.resolved, more)
    default:
      return ''
  }
}

const tried = ['a', 'A', '0', ' ', '-', '_', '.', '/', ':', '!', '\n', 'é', '中']

function fromClass(node: AST.CharacterClass): string {
  if (node.negate || node.unicodeSets) {
    const matches = new RegExp(`^${node.raw}$`, node.unicodeSets ? 'v' : 'u')
    return tried.find((character) => matches.test(character)) ?? ''
  }
  const [first] = node.elements
  if (first === undefined) return ''
  if (first.type === 'CharacterClassRange') return String.fromCodePoint(first.min.value)
  return textOf(first, 0)
}

function characterOf(node: AST.CharacterSet): string {
  if (node.kind === 'any') return 'a'
  if (node.kind === 'property') return tried.find((character) => new RegExp(node.raw, 'u').test(character)) ?? ''
  const matches = new RegExp(node.raw)
  return tried.find((character) => matches.test(character)) ?? ''
}
