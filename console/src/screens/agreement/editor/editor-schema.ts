/** The schema of agreements, which the editor proposes by; it comes after the editor. */
import schema from '../../../../../docs/agreement.schema.json';
import type { Schema } from './schema.ts';

export const agreementSchema = schema as unknown as Schema;
