/** Parts of the screen that come when somebody looks at them. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { Fault } from '../../api/index.ts';
import { FaultNote, Loading } from '../../parts/index.ts';

/** Returns a component that is loaded the first time that it is shown. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return (props: P) => {
    const [Loaded, setLoaded] = useState<ComponentType<P> | undefined>(() => loaded);
    const [fault, setFault] = useState<Fault>();
    const fetch = () => {
      setFault(undefined);
      load().then((one) => { loaded = one; setLoaded(() => one); }, () => setFault(new Fault('offline')));
    };
    useEffect(() => { if (!Loaded) fetch(); }, []);
    if (Loaded) return <Loaded {...props} />;
    return fault ? <FaultNote fault={fault} again={fetch} /> : <Loading label={words.loading} lines={6} />;
  };
}
