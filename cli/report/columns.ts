// Formats text in columns, for a terminal. The first column is left-aligned, the others are right-aligned.

export function formatColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const set = (cell: string, at: number): string => {
    const width = widths[at] ?? 0
    return at === 0 ? cell.padEnd(width) : cell.padStart(width)
  }
  return rows.map((row) => row.map(set).join('  ').trimEnd()).join('\n')
}
