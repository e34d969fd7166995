/** The API's types, by path and method, from docs/openapi.json. */
import type { components, paths } from './openapi.d.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A schema by its name: `Schema<'Lead'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** The paths that have the method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: NonNullable<paths[P][M & keyof paths[P]]> extends never ? never : P;
}[keyof paths];

type Operation<P, M> = P extends keyof paths ? (M extends keyof paths[P] ? NonNullable<paths[P][M]> : never) : never;
type Json<R> = R extends { content: { 'application/json': infer J } } ? J : undefined;
type Good<R> = R extends object ? Json<R[keyof R & (200 | 201 | 202)]> : never;

/** What the API answers if all goes well. */
export type Answer<P, M extends Method = 'get'> = Operation<P, M> extends { responses: infer R } ? Good<R> : never;

type InPath<O> = O extends { parameters: { path: infer P } } ? { path: P } : { path?: undefined };
type InQuery<O> = O extends { parameters: { query?: infer Q } } ? { query?: Q } : { query?: undefined };
type InBody<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { body: B }
  : O extends { requestBody?: { content: { 'application/json': infer B } } }
    ? { body?: B }
    : { body?: undefined };

/** What a call takes: `path` and `query` parameters, and a `body`. */
export type Asked<P, M extends Method = 'get'> = InPath<Operation<P, M>> & InQuery<Operation<P, M>> & InBody<Operation<P, M>>;
