/** What the schema of agreements allows at a place: names with what they mean, and words to choose from. */

/** The part of JSON Schema that docs/agreement.schema.json is written in. */
export interface Schema {
  $defs?: Record<string, Schema>;
  $ref?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
  prefixItems?: Schema[];
  required?: string[];
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  examples?: unknown[];
  /** Kept of shares only. */
  pattern?: string;
  description?: string;
}

/** A name or a word that may stand at a place; `block` tells that what follows a name is a list or more names. */
export interface Allowed {
  word: string;
  about?: string | undefined;
  needed?: boolean;
  block?: 'list' | 'names' | undefined;
}

/** Returns the alternatives of the schema at a path of names and `[]`. */
export function schemasAt(root: Schema, path: string[]): Schema[] {
  return path.reduce((found, step) => schemasBelow(root, found, step), schemasOf(root));
}

/** Returns the alternatives of the whole schema. */
export function schemasOf(root: Schema): Schema[] {
  return alternatives(root, root);
}

/** Returns the alternatives one step below others: a name, or `[]`. */
export function schemasBelow(root: Schema, schemas: Schema[], step: string): Schema[] {
  return schemas.flatMap((each) => below(root, each, step));
}

/** Returns the names that a mapping may have there; those that it must have come first. */
export function namesAllowed(root: Schema, schemas: Schema[]): Allowed[] {
  const found = new Map<string, Allowed>();
  for (const schema of schemas) {
    for (const [word, each] of Object.entries(schema.properties ?? {})) {
      const needed = schema.required?.includes(word) ?? false;
      found.set(word, { word, about: each.description, needed, block: blockOf(root, each) });
    }
  }
  return [...found.values()].sort((one, other) => Number(other.needed) - Number(one.needed));
}

/** Returns the words that a value may be there, and examples of how it is written. */
export function wordsAllowed(schemas: Schema[]): Allowed[] {
  const words = schemas.flatMap((schema) => [
    ...(schema.enum ?? []),
    ...('const' in schema ? [schema.const] : []),
    ...(schema.type === 'boolean' ? [true, false] : []),
    ...(schema.examples ?? []),
  ]);
  return [...new Set(words.filter((word) => word !== null).map(written))].map((word) => ({ word }));
}

function alternatives(root: Schema, schema: Schema): Schema[] {
  const named = schema.$ref ? root.$defs?.[schema.$ref.replace('#/$defs/', '')] : undefined;
  const others = [...(named ? [named] : []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...others.flatMap((each) => alternatives(root, each))];
}

function below(root: Schema, schema: Schema, step: string): Schema[] {
  const next = step === '[]' ? schema.items : (schema.properties?.[step] ?? byPattern(schema, step));
  const all = [...(step === '[]' ? (schema.prefixItems ?? []) : []), ...(typeof next === 'object' ? [next] : [])];
  return all.flatMap((each) => alternatives(root, each));
}

function byPattern(schema: Schema, name: string): Schema | boolean | undefined {
  const found = Object.entries(schema.patternProperties ?? {}).find(([pattern]) => new RegExp(pattern).test(name));
  return found?.[1] ?? schema.additionalProperties;
}

function blockOf(root: Schema, schema: Schema): 'list' | 'names' | undefined {
  const all = alternatives(root, schema).filter((each) => each.type);
  if (!all.length) return undefined;
  if (all.every((each) => each.type === 'array')) return 'list';
  return all.every((each) => each.type === 'object') ? 'names' : undefined;
}

/** Writes a word as YAML has it: a text that YAML would read as a number or as yes or no stands in quotes. */
function written(word: unknown): string {
  const text = String(word);
  return typeof word === 'string' && /^(?:[\d.+-]+|true|false|yes|no|on|off|null|)$/i.test(text) ? `"${text}"` : text;
}
