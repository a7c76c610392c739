// The messages about the host, in the form of errors.ts: another adapter, and files that do not reach browsers.

import { firstLine, OFF, type Problem } from './errors.ts'

/** An adapter that is not ours, and the setting that names it. */
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
    means: 'The build continues with the config that the adapter was given.',
    fix: 'Return the config from its `modifyConfig`.',
  }),
  adapterHasShellCache: (name) => ({
    happened: `The adapter ${name} already includes the shell cache.`,
    means: 'Its options are used, and those of withShellCache() are not.',
    fix: 'Keep one of the two.',
  }),
  noStaticFiles: (name) => ({
    happened: 'This release of Next gives adapters no list of static files.',
    means: `${name} may not deploy the worker and its shells. Then browsers get every page from the network.`,
    fix: 'Update next, or have your host serve all of .next/static.',
  }),
  workerRuleMissing: {
    happened: 'Something has removed the rewrite of /sw.js that this package added.',
    means:
      'On a server that uses the rewrites of the build, browsers find no worker, and every page comes from the network.',
    fix: 'Have the adapter that wraps this one keep `rewrites` and `headers`.',
  },
  publicWorkerNotWritten: (error) => ({
    happened: `The worker could not be written to public/sw.js: ${firstLine(error)}.`,
    means: 'If your host cannot rewrite to a static file, browsers find no worker.',
    fix: 'Move what is at public/sw.js, or make the folder writable.',
  }),
  publicWorkerNotIgnored: {
    happened: 'Each build writes public/sw.js, which git does not ignore.',
    means: 'A committed copy would stay after you remove this package.',
    fix: 'Add `/public/sw.js` to .gitignore.',
  },
  replacedAdapter: {
    happened: 'A wrapper that was applied after withShellCache() has replaced the adapter.',
    means: OFF,
    fix: 'Apply withShellCache() last, around all others. Then it runs both adapters, or names what conflicts.',
  },
}
