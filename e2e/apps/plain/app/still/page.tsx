/** Whole: nothing is left to render. */
export default function Page() {
  return <h1>Still of {process.env.PLAIN_NAME}</h1>
}
