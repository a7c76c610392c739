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

/** As a script of the page could that has no business there: it knows the URL of the stage, and how the worker locks it. */
export async function alterStage(path: string, from: string, to: string): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const results = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const records = (): IDBObjectStore => database.transaction('records', 'readwrite').objectStore('records')
  type Row = { key: string; digest: string; stage?: Uint8Array<ArrayBuffer> }
  const rows: Row[] = await results(records().getAll())
  const keys = await results(records().getAllKeys())
  const index = rows.findIndex(({ key }) => key === path)
  const [row, key] = [rows[index], keys[index]]
  if (!row?.stage || !key) throw new Error(`There is no stage of ${path}.`)
  const secret = new TextEncoder().encode(`${row.digest} ${new URL(path, location.origin).href}`)
  const hash = await crypto.subtle.digest('SHA-256', secret)
  const lock = await crypto.subtle.importKey('raw', hash, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const iv = row.stage.slice(0, 12)
  const text = new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, lock, row.stage.slice(12)))
  const altered = new TextEncoder().encode(text.replaceAll(from, to))
  const locked = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, lock, altered))
  await results(records().put({ ...row, stage: new Uint8Array([...iv, ...locked]) }, key))
  database.close()
}
