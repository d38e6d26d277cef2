/** The shop's customers and their passwords, in plain text: this is a sample, and none of them exists. */
const passwords: ReadonlyMap<string, string> = new Map([
  ['ada', 'matt paper'],
  ['ben', 'glossy sea'],
  ['cleo', 'twelve pages'],
  ['dan', 'empty page'],
  ['eva', 'big format'],
  ['finn', 'square album'],
  ['gil', 'sorted by day'],
  ['hana', 'delete first'],
  ['ivo', 'three children'],
  ['jana', 'linen cover'],
])

export function isCustomer(user: string, password: string): boolean {
  return passwords.get(user) === password
}
