/** The time zone that the agreement has for the reader, such as `Europe/Berlin`; null until it is known. */
import { signal } from '@preact/signals';

export const agreedZone = signal<string | null>(null);
