/** Makes addresses that may be followed: nothing that a lead wrote becomes a link of another kind. */

/** Returns `tel:+49…` of a phone number, or undefined if it has no digits. */
export function phoneLink(phone: string | null | undefined): string | undefined {
  const dialled = (phone ?? '').replace(/(?!^\s*\+)[^\d]/g, '').trim();
  return /\d{3}/.test(dialled) ? `tel:${dialled}` : undefined;
}

/** Returns `mailto:…` of an address. */
export function mailLink(email: string): string {
  return `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`;
}

/** Returns a web address as it stands if it is one of http or https, or undefined. */
export function webLink(address: string | null | undefined): string | undefined {
  try {
    const { protocol, href } = new URL(address ?? '');
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}
