// Makes a build context as Next would give it, for the adapter's unit tests. Each test names what it changes. e2e uses real ones.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import type { Segments } from '../protocol/record/record.ts'
import type { BuildContext } from './build-context.ts'

/** The parts that a test sets. Everything else is as in an empty app. */
export type ContextChange = {
  readonly prerenders?: readonly object[]
  readonly appPages?: readonly object[]
  readonly pages?: readonly object[]
  readonly staticFiles?: readonly object[]
  readonly middleware?: object
  readonly routing?: object
  readonly config?: object
  readonly distDir?: string
}

export function contextOf(change: ContextChange): BuildContext {
  const outputs = { pages: [], pagesApi: [], appRoutes: [], appPages: [], prerenders: [], staticFiles: [] }
  const { prerenders = [], appPages = [], pages = [], staticFiles = [], middleware } = change
  const context: object = {
    buildId: 'build-1',
    nextVersion: '16.4.6',
    projectDir: '/app',
    repoRoot: '/app',
    distDir: change.distDir ?? '/app/.next',
    routing: {
      beforeMiddleware: [],
      middlewareMatchers: [],
      beforeFiles: [],
      afterFiles: [],
      dynamicRoutes: [],
      onMatch: [],
      fallback: [],
      ...change.routing,
    },
    outputs: { ...outputs, prerenders, appPages, pages, staticFiles, ...(middleware ? { middleware } : {}) },
    config: {
      basePath: '',
      trailingSlash: false,
      compress: true,
      poweredByHeader: true,
      cacheComponents: true,
      env: { SHELL_CACHE_WORKER: '/sw.js' },
      ...change.config,
    },
  }
  // Next's type requires a whole config. The adapter reads only the fields above.
  return context as BuildContext
}

export function appPage(id: string, pathname = id): object {
  return {
    id,
    pathname,
    filePath: `/app/.next/server/app${id}/page.js`,
    runtime: 'nodejs',
    type: 'APP_PAGE',
    config: {},
  }
}

export function prerender(
  pathname: string,
  parentOutputId: string,
  change: { fallback?: object; config?: object } & object = {},
): object {
  const { fallback, config, ...rest } = change
  return {
    id: pathname,
    pathname,
    parentOutputId,
    type: 'PRERENDER',
    groupId: 1,
    pprChain: { headers: { 'next-resume': '1' } },
    fallback: {
      filePath: undefined,
      postponedState: 'state',
      initialStatus: 200,
      initialHeaders: { 'content-type': 'text/html; charset=utf-8' },
      initialRevalidate: false,
      ...fallback,
    },
    config: { renderingMode: 'PARTIALLY_STATIC', bypassToken: 'a-secret-of-the-app', ...config },
    ...rest,
  }
}

/** A folder that is removed when the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function shellFile(html: string): Promise<string> {
  const file = join(await temporaryFolder(), 'page.html')
  await writeFile(file, html)
  return file
}

/** For tests that do not need segments. */
export async function noSegments(): Promise<Segments> {
  return new Map()
}
