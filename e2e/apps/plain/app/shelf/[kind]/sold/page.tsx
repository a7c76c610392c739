// Has no shell: it reads its parameter outside of any <Suspense>. A path of it, /shelf/tools/sold, also has the form of those for which
// `[id]` has a shell.

type Params = Promise<{ kind: string }>

export const generateStaticParams = () => [{ kind: 'wood' }]

export default async function Sold({ params }: { params: Params }) {
  return <h1>sold {(await params).kind}</h1>
}
