// Saves a text as a file of this computer.

let last: string | undefined

export function download(name: string, text: string): void {
  // The one before is saved by now; when the new one is, no event tells.
  if (last !== undefined) URL.revokeObjectURL(last)
  last = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }))
  Object.assign(document.createElement('a'), { href: last, download: name }).click()
}
