// What the layout renders in the plain build. The harness registers the workers that others write (bench/browser/lane.ts).

export function Worker(_props: { readonly speculate?: boolean | 'eager' | undefined }) {
  return null
}
