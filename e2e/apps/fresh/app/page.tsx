import { Item } from '../item'

export default function Home() {
  return <Item id="home" />
}
