// Elements without a framework: the page is a script of a few kilobytes.

type Attributes = Readonly<Record<string, string | undefined>>

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(attribute, value)
  made.append(...children)
  return made
}

/** A table that a narrow screen shows as cards; the roles keep it a table for whoever hears it. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLTableElement {
  const heads = columns.map((column) => element('th', { scope: 'col', role: 'columnheader' }, column))
  const body = rows.map((cells) =>
    element(
      'tr',
      { role: 'row' },
      ...cells.map((cell, at) =>
        at === 0
          ? element('th', { scope: 'row', role: 'rowheader' }, cell)
          : element('td', { role: 'cell', 'data-label': columns[at] }, cell),
      ),
    ),
  )
  return element(
    'table',
    { role: 'table' },
    element('caption', {}, caption),
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...heads)),
    element('tbody', { role: 'rowgroup' }, ...body),
  )
}

/** @param tone - Colour is never the only sign: the text says the same. */
export function badge(text: string, tone: 'good' | 'other' | 'bad'): HTMLElement {
  return element('span', { class: `badge ${tone}` }, text)
}
