// Runs the README's first command in the files of a fresh clone, with the installed packages of this one.

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { listTree } from '../../../docs/test-tree.ts'
import { expect, expectHydrated, LOSS, test, untilControlled } from '../../harness/fixtures.ts'
import { freePort } from '../../harness/servers/free-port.ts'
import { ROOT } from '../../harness/paths.ts'

test.use({ isWholeBrowser: true })

const run = promisify(execFile)

async function copyClone(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-clone-'))
  for (const file of listTree(ROOT)) await cp(join(ROOT, file), join(folder, file))
  for (const packages of ['node_modules', 'scripts/api-reference/node_modules']) {
    const copy = [join(ROOT, packages), join(folder, packages)]
    // As hard links if both are on the same disk.
    await run('cp', ['-al', ...copy]).catch(() => run('cp', ['-a', ...copy]))
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

/** Starts a command that serves the shop, and waits until it says so. */
async function serve(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string> },
): Promise<AsyncDisposable & { readonly output: string }> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
    // npm and its child processes must end together.
    detached: true,
  })
  const exited = once(child, 'exit')
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  while (!output.includes('Ready in')) {
    await Promise.race([once(child.stdout, 'data'), exited])
    if (child.exitCode !== null) throw new Error(`${command} ${args.join(' ')} ended:\n${output}`)
  }
  return {
    output,
    async [Symbol.asyncDispose]() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
      await exited
    },
  }
}

test('builds the example and serves it from a fresh clone', async ({ page, expected }) => {
  // For what the page was still loading when the demo ended.
  expected.push(LOSS)
  await using clone = await copyClone()
  const env = { PORT: String(await freePort()), SHOP_DELAY_MS: '60' }
  {
    await using demo = await serve('npm', ['run', 'demo'], { cwd: clone.folder, env })
    const [, open = ''] = /Open +(\S+)/.exec(demo.output) ?? []
    expect(open).toBe(`http://localhost:${env.PORT}`)
    await page.goto(open)
    await untilControlled(page)
    await expect(page.getByTestId('shell-status')).toHaveText('10 shells in this browser')
    const response = await page.goto(`${open}/products/tide-lamp`)
    expect(response?.headers()['server-timing']).toContain('shell;desc="instant"')
    await expectHydrated(page)
  }
  // What the example's own README says.
  await using shop = await serve('npm', ['run', 'start'], { cwd: join(clone.folder, 'examples', 'shop'), env })
  expect(shop.output).toContain(`:${env.PORT}`)
  expect((await fetch(`http://localhost:${env.PORT}/about`)).status).toBe(200)
})
