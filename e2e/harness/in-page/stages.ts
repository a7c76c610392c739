// The static stages that the browser keeps beside its records, read and altered from the page. Scripts run there: they refer to nothing
// outside.

/** `none`, `unfit` or `known`, of the record of a path. */
export async function readStage(path: string): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const records = await new Promise<{ key: string; stage?: object | string }[]>((resolve) => {
    const reading = database.transaction('records').objectStore('records').getAll()
    reading.onsuccess = () => resolve(reading.result)
  })
  database.close()
  const stage = records.find(({ key }) => key === path)?.stage
  return typeof stage === 'object' ? 'known' : (stage ?? 'none')
}

/** As a script could that has no business there. */
export async function alterStage(path: string, from: string, to: string): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const transaction = database.transaction('records', 'readwrite')
  const ended = new Promise((resolve) => (transaction.oncomplete = resolve))
  const walk = transaction.objectStore('records').openCursor()
  walk.onsuccess = () => {
    const cursor = walk.result
    if (!cursor) return
    const record: { key: string; stage?: { bytes: Uint8Array } } = cursor.value
    if (record.key === path && record.stage) {
      const text = new TextDecoder().decode(record.stage.bytes)
      record.stage.bytes = new TextEncoder().encode(text.replaceAll(from, to))
      cursor.update(record)
    }
    cursor.continue()
  }
  await ended
  database.close()
}
