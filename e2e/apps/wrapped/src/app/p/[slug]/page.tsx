export { Named as default } from '../../named'

export const generateStaticParams = () => [{ slug: 'a' }]
