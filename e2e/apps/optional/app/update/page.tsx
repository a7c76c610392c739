import { Update } from './update'

export default function Page() {
  return (
    <main>
      <h1>Update</h1>
      <Update />
    </main>
  )
}
