export { Named as default } from '../../../named'
