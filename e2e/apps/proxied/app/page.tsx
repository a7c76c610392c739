import { Hole } from './hole'

export default function Home() {
  return (
    <main>
      <h1>Bare</h1>
      <Hole />
    </main>
  )
}
