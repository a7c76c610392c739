// Damages the worker's database from a page. These functions run in the page, so they refer to nothing outside themselves.

/** A transaction that never ends because it always has one more request. Readers of the table have to wait for it. */
export function blockTable(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const records = opening.result.transaction('records', 'readwrite').objectStore('records')
      const again = (): void => void (records.count().onsuccess = again)
      records.count().onsuccess = () => (again(), resolve())
    }
  })
}

/** Puts a foreign database under our name and version. */
export async function replaceDatabase(version: number): Promise<void> {
  await new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('next-shell-cache:/')
    deleting.onerror = () => reject(deleting.error)
    deleting.onsuccess = resolve
  })
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/', version)
    opening.onupgradeneeded = () => opening.result.createObjectStore('theirs')
    opening.onsuccess = () => (opening.result.close(), resolve())
    opening.onerror = () => reject(opening.error)
  })
}

/** An empty database; if its version is higher than the worker's, the worker cannot open its own any more. */
export function makeEmptyDatabase(version: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/', version)
    opening.onsuccess = () => (opening.result.close(), resolve())
    opening.onerror = () => reject(opening.error)
  })
}

export function deleteDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('next-shell-cache:/')
    deleting.onsuccess = () => resolve()
    deleting.onerror = () => reject(deleting.error)
  })
}

/** Flips one bit in every stored shell. */
export function bendShells(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const change = opening.result.transaction('records', 'readwrite')
      const reading = change.objectStore('records').openCursor()
      reading.onsuccess = () => {
        const cursor = reading.result
        if (!cursor) return
        cursor.value.shell[100] ^= 1
        cursor.update(cursor.value)
        cursor.continue()
      }
      change.oncomplete = () => (opening.result.close(), resolve())
    }
  })
}

/** Lets the worker show shells again although too many pages were reloaded. */
export async function endRest(): Promise<void> {
  const isThere = (await indexedDB.databases()).some(({ name }) => name === 'next-shell-cache:/')
  if (!isThere) return
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const change = opening.result.transaction('marks', 'readwrite')
      const marks = change.objectStore('marks')
      const reading = marks.get('marks')
      reading.onsuccess = () => reading.result && marks.put({ ...reading.result, alarm: 0, restsSince: 0 }, 'marks')
      change.oncomplete = () => (opening.result.close(), resolve())
    }
  })
}
