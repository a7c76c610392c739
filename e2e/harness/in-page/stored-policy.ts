// Changes a stored record from a page. The function runs in the page.

/** Puts a Content Security Policy into a stored record, as if its page had been sent with it. Resolves to whether the record exists. */
export function storePolicy({ key, policy }: { readonly key: string; readonly policy: string }): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      let isFound = false
      const change = opening.result.transaction('records', 'readwrite')
      const reading = change.objectStore('records').openCursor()
      reading.onsuccess = () => {
        const cursor = reading.result
        if (!cursor) return
        if (cursor.value.key === key) {
          isFound = true
          const others = cursor.value.headers.filter(([name]: [string]) => name !== 'content-security-policy')
          cursor.update({ ...cursor.value, headers: [...others, ['content-security-policy', policy]] })
        }
        cursor.continue()
      }
      change.oncomplete = () => (opening.result.close(), resolve(isFound))
    }
  })
}
