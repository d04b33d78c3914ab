export { fitHbos, hbos, type Hbos } from './hbos.ts';
