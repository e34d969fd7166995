/** Says who a lead is, of what little may be known. */
import { locale } from '#texts/times.ts';

interface Known {
  email?: string | undefined;
  profile?: { first_name?: string | null; last_name?: string | null; title?: string | null } | undefined;
  company?: { name?: string | null; domain?: string | null } | undefined;
}

/** Returns the person's name, or else their address. */
export function personName(lead: Known): string {
  const name = [lead.profile?.first_name, lead.profile?.last_name].filter(Boolean).join(' ').trim();
  return name || lead.email || '';
}

/** Returns the company's name, or else its domain; empty if nothing is known. */
export function companyName(lead: Known): string {
  return lead.company?.name || lead.company?.domain || '';
}

/** Returns `Norway` for `NO`; a country that is written otherwise, or a code of none, stays as it is. */
export function countryName(written: string | null | undefined): string | undefined {
  if (!written || !/^[A-Z]{2}$/.test(written)) return written ?? undefined;
  return new Intl.DisplayNames(locale, { type: 'region' }).of(written);
}
