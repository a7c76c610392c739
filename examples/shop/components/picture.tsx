import type { Product } from '@/lib/products'
import { Drawing } from './drawings'

export function Picture({ product }: { readonly product: Product }) {
  const { hue, name, slug } = product
  const light = `oklch(92% 0.05 ${hue})`
  return (
    <svg className="picture" viewBox="0 0 200 150" role="img" aria-label={name}>
      <rect width="200" height="150" fill={light} />
      <ellipse cx="100" cy="125" rx="74" ry="8" fill={`oklch(84% 0.06 ${hue})`} />
      <Drawing slug={slug} light={light} mid={`oklch(68% 0.12 ${hue})`} dark={`oklch(44% 0.1 ${hue})`} />
    </svg>
  )
}
