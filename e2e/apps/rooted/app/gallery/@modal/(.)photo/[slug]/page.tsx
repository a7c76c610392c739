export default function Modal() {
  return <dialog open>a photo</dialog>
}
