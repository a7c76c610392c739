// Data that a shop must request on each visit. The pauses stand for a slow warehouse and a slow pricing service.

import { setTimeout as pause } from 'node:timers/promises'

import { connection } from 'next/server'

import type { Product } from './products'

const slow = (): number => Number(process.env.SHOP_DELAY_MS ?? 400)

export async function livePrice(product: Product): Promise<number> {
  await connection()
  await pause(slow())
  return product.price
}

export async function liveStock(product: Product): Promise<number> {
  await connection()
  await pause(slow() * 2)
  return (new Date().getMinutes() + product.name.length) % 9
}

export async function liveOffer(products: readonly Product[]): Promise<Product | undefined> {
  await connection()
  await pause(slow())
  return products[new Date().getHours() % products.length]
}
