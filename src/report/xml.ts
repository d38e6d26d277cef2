/** An element, its attributes (an absent one is left out), and text or elements inside. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string | number | undefined>>
  children: readonly XmlElement[] | string
}

export function element(
  name: string,
  attributes: XmlElement['attributes'],
  children: XmlElement['children'] = [],
): XmlElement {
  return { name, attributes, children }
}

/** A whole document, indented. Its texts must hold only what XML allows (`printable`). */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderElement(root, '')}`
}

function renderElement({ name, attributes, children }: XmlElement, indent: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('')
  const open = `${indent}<${name}${written}`
  if (children.length === 0) return `${open}/>\n`
  if (typeof children === 'string') return `${open}>${escape(children)}</${name}>\n`
  const inside = children.map((child) => renderElement(child, `${indent}  `)).join('')
  return `${open}>\n${inside}${indent}</${name}>\n`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
