/** The pages before, after and between sign-ins. */
import { useEffect, useState } from 'preact/hooks';
import { session as words, shell } from '#texts/shell.ts';
import { Fault } from '../api/faults.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { FaultNote, Loading } from '../parts/notes.tsx';
import { go, place } from '../shell/place.ts';
import { finish, giveUp, signInAddress, state } from './session.ts';

export function Welcome() {
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<Fault | undefined>();
  const signIn = async () => {
    setPending(true);
    setFault(undefined);
    try {
      const { path, query } = place.value;
      const wanted = path === '/signed-out' ? '/' : path;
      location.assign(await signInAddress(query.size ? `${wanted}?${query}` : wanted));
    } catch (failure) {
      setFault(failure instanceof Fault ? failure : new Fault('other'));
      setPending(false);
    }
  };
  return (
    <main class="alone">
      <p class="brand">{shell.product}</p>
      <h1>{words.welcome}</h1>
      <FaultNote fault={fault} />
      <Button kind="primary" pending={pending} onClick={() => void signIn()}>{words.signIn}</Button>
    </main>
  );
}

/** Where the page to sign in on leads back to. */
export function SignedIn({ code, given }: { code: string; given: string }) {
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    finish(code, given).then((to) => go(to, { replace: true }), () => {
      state.value = 'out';
      setFailed(true);
    });
  }, []);
  if (!failed) return <main class="alone"><Loading label={words.signingIn} /></main>;
  return (
    <main class="alone">
      <h1>{words.failed.title}</h1>
      <p>{words.failed.detail}</p>
      <Button kind="primary" onClick={() => go('/', { replace: true })}>{words.signIn}</Button>
    </main>
  );
}

/** The session is over under an open screen: sign in in another tab, and go on here. */
export function Again() {
  const [waits, setWaits] = useState(false);
  const [fault, setFault] = useState<Fault | undefined>();
  const open = () => {
    const tab = window.open('about:blank', '_blank');
    setWaits(true);
    setFault(undefined);
    signInAddress('/signed-in-again').then(
      (address) => {
        if (tab) tab.location.href = address;
        else location.assign(address);
      },
      (failure) => {
        tab?.close();
        setWaits(false);
        setFault(failure instanceof Fault ? failure : new Fault('other'));
      },
    );
  };
  const close = () => {
    state.value = 'in';
    giveUp();
  };
  return (
    <Dialog title={words.over.title} onClose={close}>
      <div class="stack">
        <p>{words.over.detail}</p>
        <FaultNote fault={fault} />
        {waits && <p class="muted" role="status">{words.overWaiting}</p>}
        <div class="row">
          <Button kind="primary" onClick={open}>{words.overButton}</Button>
          <Button kind="quiet" onClick={close}>{words.later}</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** In the other tab, once that is done. */
export function Back() {
  useEffect(() => window.close(), []);
  return (
    <main class="alone">
      <h1>{words.back.title}</h1>
      <p>{words.back.detail}</p>
    </main>
  );
}
