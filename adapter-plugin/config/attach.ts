// Starts the origin in the process of `next start`.

import { problems, tell } from '../errors.ts'

type Register = { readonly attachShellCache: (app: { dir: string; distDir: string }) => void }

/** Imported by name, not by path: the adapter and the origin share only protocol/, and a server may have one without the other. */
const REGISTER = 'next-shell-cache/register'

/** A failure costs the resumes, never the server. */
export async function attachOrigin(dir: string, distDir: string): Promise<void> {
  try {
    const register: Register = await import(/* @vite-ignore */ REGISTER)
    register.attachShellCache({ dir, distDir })
  } catch (error) {
    tell(problems.unattached(error))
  }
}
