import { Hole } from '../hole'

export default function Home() {
  return (
    <main>
      <h1>account</h1>
      <Hole />
    </main>
  )
}
