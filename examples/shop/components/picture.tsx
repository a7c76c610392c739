import type { Product } from '@/lib/products'

/** A product in three shapes and one hue; nothing to download. */
export function Picture({ product }: { readonly product: Product }) {
  const { hue, name, slug } = product
  const seed = slug.length * 7
  return (
    <svg className="picture" viewBox="0 0 200 150" role="img" aria-label={name}>
      <rect width="200" height="150" fill={`oklch(92% 0.05 ${hue})`} />
      <circle cx={60 + (seed % 60)} cy="70" r={34 + (seed % 14)} fill={`oklch(72% 0.13 ${hue})`} />
      <path d={`M20 130 Q100 ${40 + (seed % 40)} 180 130 Z`} fill={`oklch(52% 0.12 ${hue})`} opacity="0.85" />
    </svg>
  )
}
