// What scenarios do in a page and read from it, in every engine. Scripts run in the page, so they refer to nothing outside themselves.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect } from '@playwright/test'

import { appFolder, type AppName } from '../harness/paths.ts'
import type { Relay } from '../harness/servers/relay.ts'
import { type Driver, until } from './driver.ts'

/** What the app's probe has counted in this tab (e2e/apps/faults, layout). */
export type Probe = {
  /** How each document of the tab was answered: the worker's outcome, or `network`. */
  readonly documents: readonly string[]
  /** Unhandled rejections, each with the number of its document, from 1. */
  readonly rejections: readonly { readonly document: number; readonly reason: string }[]
  /** Frames without any text, after a frame that had some. */
  readonly blanks: number
}

/** Visits the app for the first time and waits until its worker has the records. */
export async function install(tab: Pick<Driver, 'open' | 'run'>, relay: Relay, path = '/whole'): Promise<void> {
  await tab.open(relay.origin + path)
  await until(tab, (records) => records > 0, countRecords)
}

/** Waits until the files that pages may load late are stored, too: the worker fetches them later. */
export async function untilLazyAssets(tab: Driver, app: AppName): Promise<void> {
  const folder = join(appFolder(app), '.next', 'static', 'shell-cache')
  const name = (await readdir(folder)).find((file) => file.startsWith('manifest.')) ?? ''
  const { lazy }: { lazy: string[] } = JSON.parse(await readFile(join(folder, name), 'utf8'))
  await until(
    tab,
    (held) => held,
    async (urls: readonly string[]) => (await Promise.all(urls.map((url) => caches.match(url)))).every(Boolean),
    lazy,
  )
}

export async function countRecords(): Promise<number> {
  const { controller } = await navigator.serviceWorker.ready.then(() => navigator.serviceWorker)
  if (!controller) return 0
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise<MessageEvent<{ records: number }>>((resolve) => (port1.onmessage = resolve))
  controller.postMessage({ type: 'shell-cache:status' }, [port2])
  return (await answer).data.records
}

/** '' if no worker controls the page. */
export async function readWorkerBuild(): Promise<string> {
  const { controller } = navigator.serviceWorker
  if (!controller) return ''
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise<MessageEvent<{ buildId: string }>>((resolve) => (port1.onmessage = resolve))
  controller.postMessage({ type: 'shell-cache:status' }, [port2])
  return (await answer).data.buildId
}

/**
 * Lets the browser check for a new worker until that worker controls the page. One check is not enough: it may join a check that
 * the browser itself began before the deploy, and get its result.
 */
export async function takeUpdate(tab: Pick<Driver, 'run'>, before: string): Promise<void> {
  await expect(async () => {
    await tab.run(followUpdate)
    expect(await tab.run(readWorkerBuild)).not.toBe(before)
  }).toPass()
}

/**
 * Checks once, and waits until the worker that is found takes over. Sends nothing to the old worker meanwhile: Chromium 156 needs to
 * see it idle first, and gives it half a minute more if a message restarts it in the moment of its end.
 */
async function followUpdate(): Promise<void> {
  const { serviceWorker } = navigator
  const taken = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  const registration = await serviceWorker.ready
  await registration.update()
  const found = registration.installing ?? registration.waiting
  // A worker that fails to install never takes over.
  const givenUp = new Promise<void>((resolve) =>
    found?.addEventListener('statechange', () => found.state === 'redundant' && resolve()),
  )
  if (found) await Promise.race([taken, givenUp])
}

/** Resolves when the worker's response for this page has ended, to how it ended; to `unknown` if the worker sent no response. */
export function readEnding(): Promise<string> {
  const { port1, port2 } = new MessageChannel()
  navigator.serviceWorker.controller?.postMessage({ type: 'shell-cache:watch' }, [port2])
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<{ state: string }>) => data.state !== 'open' && resolve(data.state)
  })
}

/**
 * Waits until a page of the app has every hole filled, a working counter and no pending reload. Resolves to its heading: a page that
 * the router is leaving has no holes left, but no heading either.
 */
export function untilWhole(tab: Driver): Promise<string> {
  return until(
    tab,
    (heading) => heading !== '',
    () => {
      const heading = document.querySelector('h1')?.textContent
      const button = document.querySelector<HTMLElement>('[data-testid=counter]')
      // If the rest was cut, the app's error page may be in place of the holes until the reload.
      const isOpen = document.querySelector('[data-skeleton], meta[http-equiv=refresh]') !== null
      if (document.readyState !== 'complete' || isOpen || !heading || !button) return ''
      if (button.textContent === '0') button.click()
      return button.textContent === '1' ? heading : ''
    },
  )
}

/** Waits until a page has ended, with holes or without. Resolves to its heading. */
export function untilStill(tab: Driver): Promise<string> {
  return until(
    tab,
    (heading) => heading !== '',
    () => (document.readyState === 'complete' && document.querySelector('h1')?.textContent) || '',
  )
}

export function forgetProbe(tab: Driver): Promise<void> {
  return tab.run(() => sessionStorage.removeItem('probe'))
}

export async function readProbe(tab: Driver): Promise<Probe> {
  return JSON.parse(await tab.run(() => sessionStorage.getItem('probe') ?? 'null')) as Probe
}
