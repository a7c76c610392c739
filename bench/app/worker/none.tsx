// What the layout renders in the plain build. There the bench registers the other workers (bench/browser/lane.ts).

export function Worker(_props: { readonly speculate?: boolean | 'eager' | undefined }) {
  return null
}
