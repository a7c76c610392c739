// What the browser says about its connection.

import { isObject } from '../../protocol/json-shape.ts'

/** Save-Data, or a slow connection. Not every browser reports them. */
export function isSaving(): boolean {
  const line: unknown = Reflect.get(navigator, 'connection')
  return isObject(line) && (line['saveData'] === true || String(line['effectiveType']).endsWith('2g'))
}
