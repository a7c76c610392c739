import { Missing } from '@/components/missing'

export default function NotFound() {
  return <Missing />
}
