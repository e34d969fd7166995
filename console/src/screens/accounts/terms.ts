/** What is said of an account, as it stands in the fields. */
import type { Asked, Schema } from '../../api/index.ts';
import type { Typed } from '../../shell/clashes.ts';

export interface Terms {
  name: string;
  owner: string;
  target: boolean;
  domains: string;
  quiet: string;
}

export const NOTHING_TYPED: Typed<Terms> = { terms: {} };

export function termsOf(account?: Schema<'ListedAccount'>): Terms {
  return {
    name: account?.name ?? '',
    owner: account?.owner ?? '',
    target: account?.target ?? true,
    domains: (account?.domains ?? []).join(' '),
    quiet: account?.quiet_for ?? '',
  };
}

/** All that is said, as the API takes it, made from this version of the account; 0 is that of a new one. */
export function bodyOf(terms: Terms, version: number): NonNullable<Asked<'/accounts/{domain}', 'put'>['body']> {
  return {
    ...(terms.name ? { name: terms.name } : {}),
    ...(terms.owner ? { owner: terms.owner } : {}),
    ...(terms.quiet ? { quiet_for: terms.quiet } : {}),
    target: terms.target,
    domains: terms.domains.split(/\s+/).filter(Boolean),
    version,
  };
}
