// Reads the worker's database from a page. These functions run in the page, so they refer to nothing outside themselves.

export async function storedKeys(): Promise<string[]> {
  const opening = indexedDB.open('next-shell-cache:/')
  await new Promise((resolve) => (opening.onsuccess = resolve))
  const reading = opening.result.transaction('records').objectStore('records').getAllKeys()
  await new Promise((resolve) => (reading.onsuccess = resolve))
  opening.result.close()
  return (reading.result as [string, string][]).map(([, key]) => key)
}

/** Whether no worker and no record of this page is left. A worker that was about to write may have left an empty database. */
export async function isForgotten(path: string): Promise<boolean> {
  if ((await navigator.serviceWorker.getRegistrations()).length > 0) return false
  if (!(await indexedDB.databases()).some(({ name }) => name === 'next-shell-cache:/')) return true
  const opening = indexedDB.open('next-shell-cache:/')
  await new Promise((resolve) => (opening.onsuccess = resolve))
  const database = opening.result
  if (!database.objectStoreNames.contains('records')) return (database.close(), true)
  const reading = database.transaction('records').objectStore('records').getAllKeys()
  await new Promise((resolve) => (reading.onsuccess = resolve))
  database.close()
  return !(reading.result as [string, string][]).some(([, key]) => key === path)
}

export async function hasPictures(): Promise<boolean> {
  const names = await caches.keys()
  const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
  return keys.flat().some(({ url }) => url.includes('/_next/image'))
}

/** The build whose shells are stored, read from the text of each; undefined if they are of several. */
export async function shellBuild(): Promise<string | undefined> {
  const opening = indexedDB.open('next-shell-cache:/')
  await new Promise((resolve) => (opening.onsuccess = resolve))
  const reading = opening.result.transaction('records').objectStore('records').getAll()
  await new Promise((resolve) => (reading.onsuccess = resolve))
  opening.result.close()
  const builds = (reading.result as { shell: Uint8Array }[]).map(
    ({ shell }) => /data-testid="build">(\w+)/.exec(new TextDecoder().decode(shell))?.[1],
  )
  return new Set(builds).size === 1 ? builds[0] : undefined
}

/** How many visits the inspector has to draw. */
export async function countVisits(): Promise<number> {
  const opening = indexedDB.open('next-shell-cache-inspector:/')
  await new Promise((resolve) => (opening.onsuccess = resolve))
  const counting = opening.result.transaction('visits').objectStore('visits').count()
  await new Promise((resolve) => (counting.onsuccess = resolve))
  opening.result.close()
  return counting.result
}

/** How many rows are stored for pages: their static stages and copies. */
export async function countPages(): Promise<number> {
  const opening = indexedDB.open('next-shell-cache:/')
  await new Promise((resolve) => (opening.onsuccess = resolve))
  const counting = opening.result.transaction('pages').objectStore('pages').count()
  await new Promise((resolve) => (counting.onsuccess = resolve))
  opening.result.close()
  return counting.result
}

/** Deletes the row of an address. */
export async function deletePage(address: number): Promise<void> {
  const opening = indexedDB.open('next-shell-cache:/')
  await new Promise((resolve) => (opening.onsuccess = resolve))
  const change = opening.result.transaction('pages', 'readwrite')
  const reading = change.objectStore('pages').openCursor()
  reading.onsuccess = () => {
    if (Array.isArray(reading.result?.key) && reading.result.key[2] === address) reading.result.delete()
    reading.result?.continue()
  }
  await new Promise((resolve) => (change.oncomplete = resolve))
  opening.result.close()
}
