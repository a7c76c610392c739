import { cacheLife, cacheTag } from 'next/cache'

export type Product = {
  readonly slug: string
  readonly name: string
  readonly line: string
  readonly story: string
  /** In pence. */
  readonly price: number
  readonly hue: number
}

const PRODUCTS: readonly Product[] = [
  {
    slug: 'tide-lamp',
    name: 'Tide Lamp',
    line: 'A dimmer light',
    price: 8900,
    hue: 205,
    story: 'Turned brass, a linen shade and a dimmer that ends in the dark instead of at a flicker.',
  },
  {
    slug: 'oak-stool',
    name: 'Oak Stool',
    line: 'Three legs, no wobble',
    price: 12400,
    hue: 28,
    story: 'Three legs stand still on any floor. Oiled oak, wedged joints, no screw anywhere.',
  },
  {
    slug: 'field-kettle',
    name: 'Field Kettle',
    line: 'Boils by the window',
    price: 6400,
    hue: 158,
    story: 'Enamelled steel with a spout that pours where you look. A litre and a half in four minutes.',
  },
  {
    slug: 'wool-throw',
    name: 'Wool Throw',
    line: 'Woven in one piece',
    price: 9800,
    hue: 345,
    story: 'Undyed wool from two valleys, woven in one piece and washed until it is soft.',
  },
  {
    slug: 'pine-clock',
    name: 'Pine Clock',
    line: 'Ticks once a minute',
    price: 7200,
    hue: 88,
    story: 'A clock for a room where people read: it moves once a minute, and you cannot hear it.',
  },
  {
    slug: 'ink-mug',
    name: 'Ink Mug',
    line: 'Holds 300 ml of calm',
    price: 2400,
    hue: 232,
    story: 'Stoneware with a blue-black glaze that pools at the foot. Each one is a little different.',
  },
  {
    slug: 'cork-board',
    name: 'Cork Board',
    line: 'For plans and postcards',
    price: 3900,
    hue: 18,
    story: 'Nine millimetres of cork in an ash frame. Takes a pin ten thousand times.',
  },
  {
    slug: 'rain-coat',
    name: 'Rain Coat',
    line: 'Dry since 1962',
    price: 18900,
    hue: 52,
    story: 'Waxed cotton with a storm flap, repaired for free for as long as you wear it.',
  },
]

export async function listProducts(): Promise<readonly Product[]> {
  'use cache'
  cacheLife('days')
  cacheTag('products')
  return PRODUCTS
}

export async function findProduct(slug: string): Promise<Product | undefined> {
  'use cache'
  cacheLife('days')
  cacheTag('products')
  return PRODUCTS.find((product) => product.slug === slug)
}

export function formatPrice(pence: number): string {
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' }).format(pence / 100)
}
