/** Like `../instant`, but without holes. */
export default function Page() {
  return (
    <main>
      <h1>seen whole</h1>
    </main>
  )
}
