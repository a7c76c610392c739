// The drawings of the products: a few shapes each, in three shades of the product's hue. Nothing to download.

import type { ReactNode } from 'react'

type Shades = { readonly light: string; readonly mid: string; readonly dark: string }

const DRAWINGS: Readonly<Record<string, (shades: Shades) => ReactNode>> = {
  'tide-lamp': ({ mid, dark }) => (
    <>
      <path d="M80 26h40l20 46H60Z" fill={mid} />
      <path d="M97 72h6v44h-6Z" fill={dark} />
      <path d="M76 124q0-10 24-10t24 10Z" fill={dark} />
    </>
  ),
  'oak-stool': ({ mid, dark }) => (
    <>
      <path d="m74 66-16 58M126 66l16 58M100 66v54" stroke={dark} strokeWidth="8" strokeLinecap="round" />
      <ellipse cx="100" cy="60" rx="52" ry="14" fill={mid} />
    </>
  ),
  'field-kettle': ({ mid, dark }) => (
    <>
      <path d="M70 62a30 34 0 0 1 60 0" fill="none" stroke={dark} strokeWidth="6" />
      <path d="m128 84 28-22 8 7-30 37Z" fill={dark} />
      <path d="M64 68q36-20 72 0l8 48q2 8-8 8H64q-10 0-8-8Z" fill={mid} />
      <circle cx="100" cy="56" r="6" fill={dark} />
    </>
  ),
  'wool-throw': ({ light, mid, dark }) => (
    <>
      <path d="M48 34h104v70H48Z" fill={mid} />
      <path d="M48 48h104M48 90h104" stroke={light} strokeWidth="6" />
      <path
        d="M54 104v16M70 104v16M86 104v16M102 104v16M118 104v16M134 104v16M146 104v16"
        stroke={dark}
        strokeWidth="4"
      />
    </>
  ),
  'pine-clock': ({ light, mid, dark }) => (
    <>
      <circle cx="100" cy="75" r="50" fill={mid} />
      <circle cx="100" cy="75" r="39" fill={light} />
      <path
        d="M100 48v27l18 12"
        fill="none"
        stroke={dark}
        strokeWidth="6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  'ink-mug': ({ mid, dark }) => (
    <>
      <path d="M128 58h12a20 20 0 0 1 0 40h-14" fill="none" stroke={dark} strokeWidth="9" />
      <path d="M62 40h68v66q0 16-16 16H78q-16 0-16-16Z" fill={mid} />
      <path d="M62 96q34 12 68 0v10q0 16-16 16H78q-16 0-16-16Z" fill={dark} />
    </>
  ),
  'cork-board': ({ light, mid, dark }) => (
    <>
      <path d="M42 30h116v90H42Z" fill={mid} stroke={dark} strokeWidth="7" strokeLinejoin="round" />
      <path d="m60 50 36-4 3 30-36 4ZM112 62h32v38h-32Z" fill={light} />
      <circle cx="79" cy="50" r="4" fill={dark} />
      <circle cx="128" cy="65" r="4" fill={dark} />
    </>
  ),
  'rain-coat': ({ light, mid, dark }) => (
    <>
      <path d="M84 28h32l30 18 14 52-18 5-12-34v56H70V69l-12 34-18-5 14-52Z" fill={mid} />
      <path d="M84 28q16 18 32 0l-3 16H87Z" fill={dark} />
      <path d="M100 44v81" stroke={light} strokeWidth="3" />
    </>
  ),
}

export function Drawing({ slug, ...shades }: Shades & { readonly slug: string }) {
  return DRAWINGS[slug]?.(shades)
}
