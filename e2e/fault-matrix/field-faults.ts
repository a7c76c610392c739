// Every fault that the field showed, by its number, and the tests that fail without its fix: the title of a test in a file. Read by
// field-faults.test.ts, which looks whether the tests are there.

type Shown = { readonly file: string; readonly title: string }

const classified = (title: string): Shown => ({ file: 'adapter-plugin/classify.test.ts', title })

export const FIELD_FAULTS: Readonly<Record<string, readonly [Shown, ...Shown[]]>> = {
  A4: [
    classified('`htmlLimitedBots` that matches everything'),
    classified('is instant where `htmlLimitedBots` matches bots'),
  ],
  B7: [
    classified('takes no rule of our own for one of the app’s'),
    { file: 'adapter-plugin/route-entries.test.ts', title: 'keeps the URLs of this package from every pattern' },
    { file: 'e2e/specs/pages/rooted.spec.ts', title: 'from the shell of a pattern at the root' },
  ],
}
