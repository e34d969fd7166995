/** Reads the API and keeps what was read fresh while somebody looks: `useRead`. */
import { type Signal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { address } from './addresses.ts';
import { call } from './call.ts';
import { Fault } from './faults.ts';
import type { Answer, Asked, PathOf } from './types.ts';

interface Shown {
  data: unknown;
  fault: Fault | undefined;
  loading: boolean;
  /** When the data was last known to be true, in milliseconds. */
  at: number;
}

const NOTHING: Shown = { data: undefined, fault: undefined, loading: false, at: 0 };
const FRESH = 5_000;
const KEPT = 60;

/** What one address answers, shared by all who show it. */
class Reading {
  readonly address: string;
  readonly shown: Signal<Shown> = signal(NOTHING);
  /** How often each who looks wants it anew, in milliseconds. */
  readonly paces = new Set<{ every: number }>();
  private tag: string | undefined;
  private running: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string) {
    this.address = address;
  }

  read(): Promise<void> {
    this.running ??= this.fetched().finally(() => {
      this.running = undefined;
      this.plan();
    });
    return this.running;
  }

  /** Reads again once something was done that may have changed it, even if it is being read now. */
  async readAnew(): Promise<void> {
    await this.running;
    await this.read();
  }

  readIfOld(): void {
    if (Date.now() - this.shown.value.at > FRESH) void this.read();
    else this.plan();
  }

  plan(): void {
    clearTimeout(this.timer);
    const every = Math.min(...[...this.paces].map((each) => each.every));
    if (Number.isFinite(every) && !document.hidden) this.timer = setTimeout(() => void this.read(), every);
  }

  private async fetched(): Promise<void> {
    this.shown.value = { ...this.shown.value, loading: true };
    try {
      const told = await call({ method: 'get', address: this.address, known: this.tag });
      const data = told.unchanged ? this.shown.value.data : told.data;
      this.tag = told.tag ?? (told.unchanged ? this.tag : undefined);
      this.shown.value = { data, fault: undefined, loading: false, at: Date.now() };
    } catch (fault) {
      const kept = fault instanceof Fault ? fault : new Fault('other');
      const gone = kept.kind === 'absent' || kept.kind === 'forbidden';
      this.shown.value = { ...this.shown.value, ...(gone ? { data: undefined } : {}), fault: kept, loading: false };
    }
  }
}

const readings = new Map<string, Reading>();

function reading(at: string): Reading {
  const known = readings.get(at) ?? new Reading(at);
  readings.delete(at);
  readings.set(at, known);
  for (const [other, each] of readings) {
    if (readings.size <= KEPT) break;
    if (!each.paces.size) readings.delete(other);
  }
  return known;
}

/** What was read: the last data, also while a fault lasts. */
export interface Read<T> {
  data: T | undefined;
  fault: Fault | undefined;
  loading: boolean;
  at: number;
  /** Reads again now. */
  again: () => void;
}

/** Reads a path, and reads it again every 30 s while the tab is visible; null reads nothing.
 *
 * @param path a path of the API with GET, such as `/leads/{lead_id}`
 * @param asked its parameters: `{ path: { lead_id }, query: { … } }`
 * @param every milliseconds from one reading to the next; `Infinity` reads once
 */
export function useRead<P extends PathOf<'get'>>(path: P, asked: Asked<P> | null, every = 30_000): Read<Answer<P>> {
  const at = asked && address(path, asked);
  const one = useMemo(() => (at === null ? undefined : reading(at)), [at]);
  useEffect(() => {
    if (!one) return undefined;
    const pace = { every };
    one.paces.add(pace);
    one.readIfOld();
    return () => {
      one.paces.delete(pace);
      one.plan();
    };
  }, [one, every]);
  const { data, fault, loading, at: when } = one ? one.shown.value : NOTHING;
  return { data: data as Answer<P> | undefined, fault, loading: loading || (!!one && !when && !fault), at: when, again: () => void one?.read() };
}

/** Reads once without a screen around it, such as for the palette; throws a `Fault`. */
export async function readOnce<P extends PathOf<'get'>>(path: P, asked: Asked<P>): Promise<Answer<P>> {
  return (await call({ method: 'get', address: address(path, asked) })).data as Answer<P>;
}

/** Reads now, and keeps the answer for `useRead`, such as that of a list's next page; throws a `Fault`. */
export async function readKept<P extends PathOf<'get'>>(path: P, asked: Asked<P>): Promise<Answer<P>> {
  const one = reading(address(path, asked));
  await one.read();
  const { data, fault } = one.shown.value;
  if (fault) throw fault;
  return data as Answer<P>;
}

/** Reads anew what is shown and may have changed: whatever begins with one of these, such as `/leads`. */
export function readAnew(...beginnings: string[]): void {
  for (const [at, each] of readings) {
    if (!beginnings.some((beginning) => at.startsWith(beginning))) continue;
    if (each.paces.size) void each.readAnew();
    else readings.delete(at);
  }
}

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    for (const each of readings.values()) if (each.paces.size) document.hidden ? each.plan() : each.readIfOld();
  });
  addEventListener('online', () => {
    for (const each of readings.values()) if (each.paces.size) void each.read();
  });
}
