// Where visitors come from: a link and a form of HTML alone, which the router of Next has no part in.

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
