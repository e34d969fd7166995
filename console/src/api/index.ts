export { apiAddress } from './addresses.ts';
export { call } from './call.ts';
export { Fault } from './faults.ts';
export { type Doing, useDo } from './doing.ts';
export { type Pages, usePages } from './pages.ts';
export { type Read, readAnew, readOnce, useRead } from './reading.ts';
export type { Answer, Asked, Schema } from './types.ts';
