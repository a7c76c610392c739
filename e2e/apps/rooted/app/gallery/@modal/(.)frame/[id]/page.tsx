export { default } from '../../(.)photo/[slug]/page'
