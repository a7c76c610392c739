import { readCart } from '@/lib/cart'
import { Filled } from './hole'

export async function CartBadge() {
  const lines = await readCart()
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
  return <Filled name="cart-badge">{pieces}</Filled>
}
