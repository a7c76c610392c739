import { Hole } from '../hole'

export default function Home() {
  return (
    <main>
      <h1>moved</h1>
      <Hole />
    </main>
  )
}
