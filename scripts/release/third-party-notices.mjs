// Writes dist/THIRD-PARTY-NOTICES.txt, which the licences of bundled packages require: name, version, licence and licence text of
// every package in a built file, found by the bundler's module ids.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ readonly name: string, readonly version: string, readonly license: string, readonly text: string }} Notice */

const PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/

/**
 * The package folders of the modules, each once. The repository's own modules have none.
 *
 * @param {Iterable<string>} moduleIds
 * @returns {string[]}
 */
export function packageFolders(moduleIds) {
  return [...new Set([...moduleIds].flatMap((id) => PACKAGE.exec(id)?.[1] ?? []))]
}

/**
 * @param {string} folder
 * @returns {Notice}
 */
export function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  if (files.length === 0 || typeof license !== 'string')
    throw new Error(`${name} is bundled, and its licence has no text or no name in ${folder}`)
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
  return { name, version, license, text }
}

/**
 * @param {readonly Notice[]} notices
 * @returns {string}
 */
export function formatNotices(notices) {
  const sorted = notices.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const parts = sorted.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}`)
  return `The built files of next-shell-cache contain code of these packages.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

/**
 * @param {Iterable<string>} moduleIds - The modules of all bundles.
 * @param {string} file
 */
export function writeNotices(moduleIds, file) {
  writeFileSync(file, formatNotices(packageFolders(moduleIds).map(noticeOf)))
}
