// The page from which visitors start: a link and a form in plain HTML, without Next's router.

export default function Page() {
  return (
    <>
      <h1>Where to?</h1>
      <a href="/small">The tides</a>
      <form action="/small">
        <input name="sort" defaultValue="up" />
        <button type="submit">Look</button>
      </form>
    </>
  )
}
