// Checks whether anything registers the worker if the build cannot make Next do it (config/registration.ts). No type and no config
// requires `<ShellCache />`, and without it nothing happens: no error, no shell.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { RecordKey, ShellRecord } from '../../protocol/record/record.ts'
import { hasComponent, mayRegister } from '../../protocol/page/registration.ts'

export type Unregistered = {
  /** Keys of the pages whose shells are without the component. */
  readonly pages: readonly string[]
  /** Whether no script of the app registers the worker either. */
  readonly isForgotten: boolean
}

/** Keys of the pages whose shells are without the component. */
export function withoutComponent(records: readonly ShellRecord[]): readonly RecordKey[] {
  return records.filter(({ shell }) => !hasComponent(new TextDecoder().decode(shell))).map(({ key }) => key)
}

/** Undefined if every shell has the component, or if the app registers the worker in its own script. */
export async function findUnregistered(
  records: readonly ShellRecord[],
  distDir: string,
): Promise<Unregistered | undefined> {
  const pages = withoutComponent(records)
  if (pages.length === 0) return undefined
  if (pages.length < records.length) return { pages, isForgotten: false }
  return (await someScriptRegisters(join(distDir, 'static', 'chunks'))) ? undefined : { pages, isForgotten: true }
}

async function someScriptRegisters(folder: string): Promise<boolean> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  for (const name of names.filter((file) => file.endsWith('.js')))
    if (mayRegister(await readFile(join(folder, name), 'utf8').catch(() => ''))) return true
  return false
}
