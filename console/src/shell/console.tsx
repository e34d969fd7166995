/** The whole console: who is signed in, and the screen that the address means. */
import { session as words } from '#texts/shell.ts';
import { Button } from '../parts/button.tsx';
import { FaultNote, Loading } from '../parts/notes.tsx';
import { begin, person, state, trouble } from '../session/session.ts';
import { Again, Back, SignedIn, Welcome } from '../session/sign-in.tsx';
import { Frame } from './frame.tsx';
import { go, place } from './place.ts';
import { home, screens } from './screens.ts';
import { found } from './matching.ts';

export function Console() {
  const { path, query } = place.value;
  if (path === '/signed-in') return <SignedIn code={query.get('code') ?? ''} given={query.get('state') ?? ''} />;
  if (path === '/signed-in-again') return <Back />;
  if (state.value === 'unknown') {
    void found(screens, path)?.one.load().catch(() => undefined);
    return trouble.value
      ? <main class="alone"><FaultNote fault={trouble.value} /><Button kind="primary" onClick={() => void begin()}>{words.signIn}</Button></main>
      : <main class="alone"><Loading label={words.signingIn} /></main>;
  }
  if (state.value === 'out') return <Welcome />;
  if (path === '/' || path === '/signed-out') queueMicrotask(() => go(home(person.value.groups), { replace: true }));
  return (
    <>
      <Frame />
      {state.value === 'over' && <Again />}
    </>
  );
}
