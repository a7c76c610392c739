// Reads and alters, from the page, the static stages that the browser stores with its records. These functions run in the page, so they
// refer to nothing outside themselves.

/** The state of a path's stage: `none`, `unfit` or `known`. */
export async function readStage(path: string): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const table = database.transaction('pages').objectStore('pages')
  const results = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))
  type Row = { kept: object | string }
  const [keys, rows]: [IDBValidKey[], Row[]] = await Promise.all([results(table.getAllKeys()), results(table.getAll())])
  database.close()
  // The number that the worker gives an address (sw/util/address.ts).
  const bytes = new TextEncoder().encode(new URL(path, location.origin).href)
  const number = bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5)
  const stage = rows[keys.findIndex((key) => Array.isArray(key) && key[2] === number)]?.kept
  return typeof stage === 'object' ? 'known' : (stage ?? 'none')
}

/** Does what a malicious script in the page could do: it knows the URL of the stage, and how the worker encrypts it. */
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
  const pages = (): IDBObjectStore => database.transaction('pages', 'readwrite').objectStore('pages')
  type Row = { digest: string; kept: Uint8Array<ArrayBuffer> }
  const rows: Row[] = await results(pages().getAll())
  const keys = await results(pages().getAllKeys())
  // The key has the path, because this page has a record of its own.
  const index = keys.findIndex((key) => Array.isArray(key) && key[1] === path)
  const [row, key] = [rows[index], keys[index]]
  if (!row || !key) throw new Error(`There is no stage of ${path}.`)
  const secret = new TextEncoder().encode(`${row.digest} ${new URL(path, location.origin).href}`)
  const hash = await crypto.subtle.digest('SHA-256', secret)
  const lock = await crypto.subtle.importKey('raw', hash, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const iv = row.kept.slice(0, 12)
  const text = new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, lock, row.kept.slice(12)))
  const altered = new TextEncoder().encode(text.replaceAll(from, to))
  const locked = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, lock, altered))
  await results(pages().put({ ...row, kept: new Uint8Array([...iv, ...locked]) }, key))
  database.close()
}
