// Lists what is missing before a version may be published. npm needs these fields to complete the README's links, and `npm view` and
// security scanners need them to find the source. A changelog that still says "(unreleased)" tells users nothing.

const LINKS = ['repository', 'homepage', 'bugs']

/**
 * @param {{ readonly version: string, readonly [name: string]: unknown }} manifest - package.json.
 * @param {string} changelog
 * @returns {readonly string[]} One sentence for each thing that is missing.
 */
export function missingForRelease(manifest, changelog) {
  const links = LINKS.filter((name) => manifest[name] === undefined).map(
    (name) => `package.json has no \`${name}\`. Set it to the public address of the repository.`,
  )
  const [, version, state] = /^## (\S+)(.*)$/m.exec(changelog) ?? []
  if (version !== manifest.version)
    return [...links, `CHANGELOG.md begins with ${version}, package.json has ${manifest.version}. Make them equal.`]
  return /\d{4}-\d{2}-\d{2}/.test(state)
    ? links
    : [...links, `CHANGELOG.md has no date for ${version}. Replace (unreleased) by the date.`]
}
