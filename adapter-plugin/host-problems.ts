// What a developer reads about the host: another adapter, and files that do not reach browsers. As the problems of errors.ts.

import { firstLine, OFF, type Problem } from './errors.ts'

/** An adapter that is not ours, and what in the app names it. */
export type OtherAdapter = {
  readonly path: string
  readonly setBy: '`adapterPath`' | '`experimental.adapterPath`' | 'NEXT_ADAPTER_PATH'
}

type HostProblems = {
  readonly adapterNotLoaded: (adapter: OtherAdapter, error: unknown) => Problem
  readonly adapterWithoutConfig: (name: string) => Problem
  readonly adapterHasShellCache: (name: string) => Problem
  readonly noStaticFiles: (name: string) => Problem
  readonly workerRuleMissing: Problem
  readonly publicWorkerNotWritten: (error: unknown) => Problem
  readonly publicWorkerNotIgnored: Problem
  readonly replacedAdapter: Problem
}

export const hostProblems: HostProblems = {
  adapterNotLoaded: ({ path, setBy }, error) => ({
    happened: `${setBy} names an adapter that could not be loaded: ${path}.`,
    means: `The build stops, as it would without this package: ${firstLine(error)}.`,
    fix: 'Install it, or correct the path.',
  }),
  adapterWithoutConfig: (name) => ({
    happened: `The adapter ${name} returned no config.`,
    means: 'The build goes on with the config that it was given.',
    fix: 'Return the config from its `modifyConfig`.',
  }),
  adapterHasShellCache: (name) => ({
    happened: `The adapter ${name} brings the shell cache itself.`,
    means: 'Its options are used, those of withShellCache() are not.',
    fix: 'Keep one of the two.',
  }),
  noStaticFiles: (name) => ({
    happened: 'This release of Next gives adapters no list of static files.',
    means: `${name} may not deploy the worker and its shells: browsers then get every page from the network.`,
    fix: 'Update next, or have your host serve all of .next/static.',
  }),
  workerRuleMissing: {
    happened: 'Something has dropped the rewrite of /sw.js that this package added.',
    means:
      'Where a server answers by the rewrites of the build, browsers find no worker, and every page comes from the network.',
    fix: 'Have the adapter that wraps this one keep `rewrites` and `headers`.',
  },
  publicWorkerNotWritten: (error) => ({
    happened: `The worker could not be written to public/sw.js: ${firstLine(error)}.`,
    means: 'Where your host serves no rewrite to a static file, browsers find no worker.',
    fix: 'Move what is at public/sw.js, or make the folder writable.',
  }),
  publicWorkerNotIgnored: {
    happened: 'Each build writes public/sw.js, which git does not ignore.',
    means: 'A copy that is committed would stay when this package has gone.',
    fix: 'Add `/public/sw.js` to .gitignore.',
  },
  replacedAdapter: {
    happened: 'Something that was applied to the config after withShellCache() has replaced the adapter.',
    means: OFF,
    fix: 'Apply withShellCache() last, around all others: then it names what stands in its way.',
  },
}
