import type { GetServerSideProps } from 'next'

type Props = { readonly id: string }

export const getServerSideProps = (({ params }) =>
  Promise.resolve({ props: { id: String(params?.['id']) } })) satisfies GetServerSideProps<Props>

export default function Legacy({ id }: Props) {
  return <h1>{id}</h1>
}
