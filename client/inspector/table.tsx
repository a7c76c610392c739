/** @jsxImportSource preact */
// Tables and badges, which every section uses.

import type { ComponentChild, VNode } from 'preact'

export type Row = {
  /** Identifies the row, so that it is still the same element after an update. */
  readonly key: string
  /** The first one names the row. */
  readonly cells: readonly ComponentChild[]
}

type TableProps = { readonly caption: string; readonly columns: readonly string[]; readonly rows: readonly Row[] }

/** A table that a narrow screen shows as cards; the roles keep it a table for screen readers. */
export function Table({ caption, columns, rows }: TableProps): VNode {
  return (
    <table role="table">
      <caption>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} scope="col" role="columnheader">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ key, cells: [head, ...cells] }) => (
          <tr key={key} role="row">
            <th scope="row" role="rowheader">
              {head}
            </th>
            {cells.map((cell, at) => (
              <td key={columns[at + 1]} role="cell" data-label={columns[at + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Colour is never the only sign: the text says the same. */
export function Badge({ text, tone }: { readonly text: string; readonly tone: 'good' | 'other' | 'bad' }): VNode {
  return <span class={`badge ${tone}`}>{text}</span>
}
