// Saves a text as a file on this computer.

let last: string | undefined

export function download(name: string, text: string): void {
  // The previous file is saved by now. No event tells when the new one is.
  if (last !== undefined) URL.revokeObjectURL(last)
  last = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }))
  Object.assign(document.createElement('a'), { href: last, download: name }).click()
}
