/** Finds where two people changed the same thing, field by field. */

/** What was typed and not sent, and what stood there when one began. */
export interface Typed<T> {
  terms: Partial<T>;
  from?: T | undefined;
}

/** Returns the fields that somebody else changed while one typed something else there. */
export function clashes<T extends object>({ terms, from }: Typed<T>, now: T): (keyof T)[] {
  const names = Object.keys(terms) as (keyof T)[];
  return from ? names.filter((name) => from[name] !== now[name] && terms[name] !== now[name]) : [];
}

/** Returns what was typed without some of the fields. */
export function without<T extends object>(terms: Partial<T>, fields: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(Object.entries(terms).filter(([name]) => !fields.includes(name as keyof T))) as Partial<T>;
}
