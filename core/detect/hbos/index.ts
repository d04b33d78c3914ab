export { hbos, type Hbos } from './hbos.ts';
