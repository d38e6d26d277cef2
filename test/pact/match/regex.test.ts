import { expect, test } from 'vitest'
import type { Mismatch } from '../../../src/pact/match/mismatch.ts'
import { pattern } from '../../../src/pact/match/regex/pattern.ts'
import { Report } from '../../../src/pact/match/report.ts'

function foundBy(source: string, text: string): Mismatch[] {
  const report = new Report('here')
  const check = pattern(source)
  expect(check(text, null)).toBe(check(text, report))
  return report.found
}

/** Understood in the same way here as where it comes from. */
test.each([
  ['all of the text', String.raw`\d{4}`, ['2026'], ['20266', 'x2026']],
  ['alternatives', 'red|blue', ['red', 'blue'], ['redblue', 'dark red']],
  ['ends that are said again', String.raw`^\d+$`, ['1'], ['1\n', 'a1']],
  ['ends of the text', String.raw`\A\d+\z`, ['1'], ['1\n']],
  ['case does not matter: Java, Ruby, Rust', '(?i)abc', ['ABC', 'aBc'], ['ABD']],
  ['options in the middle', 'a(?i)b', ['ab', 'aB'], ['AB']],
  ['options of a group', '(?i:a)b', ['Ab'], ['AB']],
  ['options that are off: Ruby', String.raw`(?-mix:^\d{2}$)`, ['12'], ['1']],
  ['a dot that is also a line break: Java', '(?s)a.b', ['a\nb'], ['a\n']],
  ['quoted text: Java', String.raw`\Qa.b\E-\d`, ['a.b-1'], ['axb-1']],
  ['possessive quantifiers: Java', 'a++b', ['aab'], ['aa']],
  ['which give nothing back', 'a*+ab', [], ['aaab', 'ab']],
  ['atomic groups: Oniguruma', '(?>a|ab)c', ['ac'], ['abc']],
  ['repeated atomic groups', '(?>ab?)+c', ['abac'], ['abb']],
  ['classes of POSIX', '[[:upper:]][[:alpha:]_-]*', ['Émile', 'A_b-c'], ['émile', 'A1']],
  ['classes of Java', String.raw`\p{Alpha}+\P{Digit}[\p{Punct}]`, ['ab-!'], ['a1!', 'é-!']],
  ['properties', String.raw`\p{Lu}\pL\p{IsLatin}\p{^Digit}`, ['Äße!'], ['ÄßeX1', 'aaaa']],
  ['named groups', String.raw`(?<year>\d+)-\k<year>`, ['1-1'], ['1-2']],
  ['named groups: Python, Rust', String.raw`(?P<a>.)(?P=a)`, ['xx'], ['xy']],
  ['named groups: Ruby', String.raw`(?'a'.)\k'a'`, ['xx'], ['xy']],
  ['comments', 'a(?#b)c', ['ac'], ['abc']],
  ['code points', String.raw`\x{1F600}\u00e9\x41`, ['😀éA'], ['éA']],
  ['a dash that is no range', String.raw`[\w-.]+@[a-]`, ['a-b.c@-'], ['a+b@a']],
  ['needless escapes', String.raw`\/a\-b\_c\@\"`, ['/a-b_c@"'], ['a-b']],
  ['brackets that are none', String.raw`{a}]{`, ['{a}]{'], ['a']],
  ['at most so many: Ruby', 'a{,2}', ['', 'aa'], ['aaa']],
  ['characters beyond sixteen bits', '.', ['😀', 'a'], ['', 'ab']],
  ['looking around', String.raw`(?=a)\w(?!c)\w(?<=b)(?<!c)`, ['ab'], ['ac', 'bb']],
])('%s', (_, source, good, bad) => {
  expect(good.flatMap((text) => foundBy(source, text))).toEqual([])
  for (const text of bad) expect(foundBy(source, text)).toMatchObject([{ uncheckable: false }])
})

test.each([
  [String.raw`\h+`, String.raw`\h, a hexadecimal digit to some, white space to others`],
  ['(?m)^a$', 'the options "m"'],
  ['(?x) a b', 'the options "x"'],
  ['x(?i)a|b', 'an alternative after options within a group'],
  ['[a-z&&[^b]]', 'an intersection of classes'],
  ['[a[bc]]', 'a class within a class'],
  ['[]a]', 'a class that begins with "]"'],
  ['a{2}+', '"{2}+", which is not understood in the same way by all'],
  ['a{2}?', '"{2}?", which is not understood in the same way by all'],
  [String.raw`\p{Quux}`, String.raw`\p{Quux}, a property that it does not know`],
  [String.raw`[\P{Alpha}]`, 'a negated set within a class'],
  [String.raw`\G\d`, String.raw`\G`],
  [String.raw`(?<n>a)\g<n>`, String.raw`\g`],
  ['(?(1)a|b)', 'a group "(?("'],
  [String.raw`(a)\1b++`, 'references by number beside atomic groups'],
  [String.raw`.(*\/pacts`, 'a "*" with nothing to repeat'],
  ['a)', 'a ")" that closes nothing'],
  ['(a', 'a group that does not end'],
  ['[a', 'a class that does not end'],
  ['a**', 'a "*" with nothing to repeat'],
  ['*', 'a "*" with nothing to repeat'],
  ['\\', 'a backslash with nothing behind it'],
  ['[z-a]', 'Range out of order in character class'],
  [String.raw`(?<a>x)(?<a>y)`, 'Duplicate capture group name'],
  [String.raw`\2(a)`, ''],
])('%s cannot be checked', (source, why) => {
  for (const text of ['', 'a', 'b']) {
    const [found, ...others] = foundBy(source, text)
    expect(found).toMatchObject({ place: 'here', uncheckable: true })
    expect(found?.message).toContain(why)
    expect(others).toEqual([])
  }
})

test.each([
  ['a loop in a loop', '(a+)+b', 'a'.repeat(60)],
  ['alternatives in a loop', '(a|a)*b', 'a'.repeat(60)],
  ['many loops on much text', '.*a.*b.*c.*d.*e.*f', 'abcde'.repeat(2_000)],
])('%s is stopped, and not tried again', (_, source, text) => {
  const check = pattern(source)
  const report = new Report('here')
  const began = performance.now()
  for (let again = 0; again < 50; again++) expect(check(text, report)).toBe(false)
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(report.found[0]).toMatchObject({ uncheckable: true, message: expect.stringContaining('takes too long') })
  expect(check('x', null)).toBe(false)
})

test('loops in loops are fine where they end', () => {
  expect(foundBy(String.raw`(\d+\.)*\d+`, '1.22.333.4444.55555.666666.7777777')).toEqual([])
  expect(foundBy(String.raw`(\w+\s?)+`, 'one two three four five six seven')).toEqual([])
})
