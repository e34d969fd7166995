/** Leaves out of the agreement's schema what neither proposals nor fields need: limits, most patterns of texts, defaults. */

const KEPT = new Set([
  '$defs', '$ref', 'anyOf', 'oneOf', 'allOf', 'properties', 'patternProperties', 'additionalProperties', 'items', 'prefixItems',
  'required', 'type', 'enum', 'const', 'examples', 'description',
]);
/** A share such as 50% is told by its pattern alone. */
const isShare = (name: string, value: unknown) => name === 'pattern' && typeof value === 'string' && value.endsWith('%$');
const NAMES = new Set(['properties', 'patternProperties']);

/** Returns a schema with the words that `schema.ts` reads; what a whole shape is about is said where a name has it. */
export function lean(schema: unknown, areNames = false): unknown {
  if (Array.isArray(schema)) return schema.map((each) => lean(each));
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name, value]) => areNames || (KEPT.has(name) && value !== false) || isShare(name, value));
  return Object.fromEntries(kept.map(([name, value]) => [
    name,
    name === '$defs' ? Object.fromEntries(Object.entries(value as object).map(([shape, { description: _, ...rest }]) => [shape, lean(rest)]))
      : lean(value, NAMES.has(name) && !areNames),
  ]));
}
