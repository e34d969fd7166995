import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { lead as words } from '#texts/lead.ts';
import { Fault } from '../../api/index.ts';
import { FaultNote, Loading } from '../../parts/index.ts';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

const loaded = new Map<unknown, ComponentType<never>>();

/** Shows a part of the screen whose code is loaded once it is asked for. `load` is one and the same function each time. */
export function Lazy<P extends object>({ load, with: props }: { load: Load<P>; with: P }) {
  const [, redraw] = useState(0);
  const [failed, setFailed] = useState(false);
  const fetch = () => {
    setFailed(false);
    load().then((module) => { loaded.set(load, module.default as ComponentType<never>); redraw((count) => count + 1); }, () => setFailed(true));
  };
  useEffect(() => { if (!loaded.has(load)) fetch(); }, [load]);
  const One = loaded.get(load) as ComponentType<P> | undefined;
  if (One) return <One {...props} />;
  return failed ? <FaultNote fault={new Fault('offline')} again={fetch} /> : <Loading label={words.loading} />;
}
