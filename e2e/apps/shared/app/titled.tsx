import { Hole } from './hole'

/** A heading in the shell and a hole below it. */
export function Titled({ title }: { title: string }) {
  return (
    <main>
      <h1>{title}</h1>
      <Hole />
    </main>
  )
}
