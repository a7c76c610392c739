// `next start` in Bun and Deno, where they are on the PATH: the packages `bun` and `deno` of npm bring them. What a browser does with the
// answers is the same in every runtime, so `doctor` asks here as a worker does.

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { examine } from '../../../cli/doctor/doctor.ts'
import { expect, test } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import { startRuntime } from '../../harness/servers/server.ts'

function findProgram(name: string): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  return places.find((place) => existsSync(place))
}

for (const { name, before } of [
  { name: 'bun', before: ['--bun'] },
  { name: 'deno', before: ['run', '--allow-all'] },
]) {
  const program = findProgram(name)

  test(`resumes under ${name}`, async () => {
    test.skip(program === undefined, `There is no ${name} on the PATH: npm's package \`${name}\` brings it.`)
    await using server = await startRuntime(program ?? '', before, appFolder('proxied'))
    const findings = await examine(new URL(`http://localhost:${server.port}/canary`), { step: () => {} })
    const failed = findings.filter(({ status }) => status === 'fail').map(({ name: check }) => check)
    // The app vouches for /vouched, before which its proxy stands.
    expect(failed).toEqual(['guard'])
    expect(findings).toContainEqual(
      expect.objectContaining({ name: 'resume', message: 'The server renders only the holes.' }),
    )
    expect(findings).toContainEqual(expect.objectContaining({ name: 'navigation preload', status: 'pass' }))
    expect(server.output()).not.toContain('[shell-cache]')
  })
}
