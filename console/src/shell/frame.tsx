/** The frame around all screens: navigation, search, who is signed in. */
import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { screens as names, shell as words } from '#texts/shell.ts';
import { useRead } from '../api/reading.ts';
import { Button, LinkButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/notes.tsx';
import { Toasts } from '../parts/toast.tsx';
import { person } from '../session/session.ts';
import { agreedZone } from '../session/zone.ts';
import { Account } from './account.tsx';
import { KeyList } from './key-list.tsx';
import { useKeys } from './keys.ts';
import { found } from './matching.ts';
import { newer } from './newer.ts';
import { Palette } from './palette.tsx';
import { href, place, steps } from './place.ts';
import { home, type Screen, type ScreenProps, screens } from './screens.ts';

type Open = 'palette' | 'keys' | 'account' | 'more' | undefined;

export function Frame() {
  const [open, setOpen] = useState<Open>();
  const { path } = place.value;
  const here = found(screens, path);
  const close = () => setOpen(undefined);
  useEffect(close, [path]);
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen('palette');
    };
    addEventListener('keydown', heard);
    return () => removeEventListener('keydown', heard);
  }, []);
  useKeys([
    { key: '/', words: words.keyList.search, run: () => setOpen('palette') },
    { key: '?', words: words.keyList.help, run: () => setOpen('keys') },
  ]);
  const me = useRead('/me', {}, 60_000);
  useEffect(() => {
    if (me.data) agreedZone.value = me.data.time_zone;
  }, [me.data?.time_zone]);
  const badges: Record<string, number> = { inbox: me.data?.counts.open.count ?? 0, review: me.data?.counts.reviews?.count ?? 0 };

  const shown = ordered(person.value.groups);
  return (
    <div class="frame">
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus({ preventScroll: true }); }}>{words.skip}</a>
      <header class="top">
        <a class="brand" href={href(home(person.value.groups))}>{words.product}</a>
        <button type="button" class="search-box" aria-keyshortcuts="/ Control+K" onClick={() => setOpen('palette')}>
          <Icon name="search" size={18} /><span class="grow">{words.searchHint}</span><kbd aria-hidden="true">{words.searchKey}</kbd>
        </button>
        <button type="button" class="button quiet square" aria-label={words.account(person.value.email)} aria-haspopup="dialog" onClick={() => setOpen('account')}>
          <Icon name="person" />
        </button>
      </header>
      <nav class="rail" aria-label={words.navigation}>
        <ul>
          {shown.map((screen, index) => (
            <li key={screen.path} class={index > 3 ? 'later' : ''}>
              <Link screen={screen} here={here?.one === screen} badge={badges[screen.name] ?? 0} />
            </li>
          ))}
          {shown.length > 4 && (
            <li class="more-screens">
              <button type="button" aria-haspopup="dialog" onClick={() => setOpen('more')}><Icon name="more" /><span>{words.more}</span></button>
            </li>
          )}
        </ul>
      </nav>
      <main id="content" class="content" tabIndex={-1}>
        <Notices />
        {here ? <Shown key={here.one.path} screen={here.one} params={here.params} /> : !['/', '/signed-out'].includes(path) && <Absent />}
      </main>
      {open === 'palette' && <Palette onClose={close} />}
      {open === 'keys' && <KeyList onClose={close} />}
      {open === 'account' && <Account onClose={close} onKeys={() => setOpen('keys')} />}
      {open === 'more' && <More screens={shown} onClose={close} />}
      <Toasts />
    </div>
  );
}

/** Returns the screens of the navigation, those for the reader's groups first. */
function ordered(groups: readonly string[]): Screen[] {
  const shown = screens.filter((each) => !each.hidden);
  const own = (each: Screen) => each.groups.some((group) => groups.includes(group));
  return [...shown.filter(own), ...shown.filter((each) => !own(each))];
}

function Link({ screen, here, badge }: { screen: Screen; here: boolean; badge: number }) {
  return (
    <a href={href(screen.path)} aria-current={here ? 'page' : undefined}>
      <Icon name={screen.icon} /><span>{names[screen.name]}</span>
      {badge > 0 && <span class="badge">{badge}</span>}
    </a>
  );
}

function More({ screens: shown, onClose }: { screens: Screen[]; onClose: () => void }) {
  return <Palette onClose={onClose} only={shown.slice(4)} />;
}

function Notices() {
  const [offline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const heard = () => setOffline(!navigator.onLine);
    addEventListener('online', heard);
    addEventListener('offline', heard);
    return () => {
      removeEventListener('online', heard);
      removeEventListener('offline', heard);
    };
  }, []);
  return (
    <>
      {offline && <div class="notice" role="status">{words.offline}</div>}
      {newer.value && <div class="notice row" role="status"><span class="grow">{words.newer}</span><Button onClick={() => location.reload()}>{words.reload}</Button></div>}
    </>
  );
}

function Absent() {
  return (
    <div class="empty">
      <Icon name="flag" size={28} />
      <h1>{words.absent.title}</h1>
      <p class="muted">{words.absent.detail}</p>
      <LinkButton href={href('/')} kind="primary">{words.absent.home}</LinkButton>
    </div>
  );
}

const FIELDS = 'input, textarea, select, [contenteditable]';
let arrived = 0;
let awaited: MutationObserver | undefined;

/** Moves the focus to the first heading that is seen, or to the screen; not out of a field, nor from behind a dialog.
 *
 * A heading that comes with what is read gets it once it is there, unless the reader has done something meanwhile.
 */
function focusScreen(): void {
  const content = document.getElementById('content');
  if (!content || document.querySelector('dialog[open]')) return;
  if (document.activeElement?.matches(FIELDS) && content.contains(document.activeElement)) return;
  focusHeading(content);
  scrollTo(0, 0);
  awaited?.disconnect();
  awaited = new MutationObserver(() => {
    if (document.activeElement === document.body || document.activeElement === content) focusHeading(content);
  });
  awaited.observe(content, { childList: true, subtree: true });
}

function focusHeading(content: HTMLElement): void {
  const heading = [...content.querySelectorAll<HTMLElement>('h1')].find((each) => each.getClientRects().length > 0);
  heading?.setAttribute('tabindex', '-1');
  (heading ?? content).focus({ preventScroll: true });
}

for (const deed of ['keydown', 'pointerdown']) addEventListener(deed, () => awaited?.disconnect());

function Shown({ screen, params }: { screen: Screen; params: Record<string, string> }) {
  const [loaded, setLoaded] = useState<{ default: ComponentType<ScreenProps> } | undefined>();
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    screen.load().then(setLoaded, () => setFailed(true));
  };
  useEffect(() => {
    document.title = words.title(names[screen.name]);
    load();
  }, []);
  const step = steps.value;
  useEffect(() => {
    if (!loaded || step === arrived) return;
    arrived = step;
    requestAnimationFrame(focusScreen);
  }, [loaded, step]);
  if (failed) return <Broken said={words.unloaded} again={load} reload={words.unloaded.reload} />;
  if (!loaded) return <Loading label={words.loading} lines={6} />;
  const One = loaded.default;
  return <Guard><One params={params} /></Guard>;
}

/** Keeps the frame when a screen breaks. */
class Guard extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(failure: unknown): void {
    console.error(failure);
    this.setState({ failed: true });
  }

  override render() {
    return this.state.failed ? <Broken said={words.broken} again={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function Broken({ said, again, reload }: { said: { title: string; detail: string }; again: () => void; reload?: string }) {
  return (
    <div class="empty" role="alert">
      <Icon name="warning" size={28} />
      <h1>{said.title}</h1>
      <p class="muted">{said.detail}</p>
      <Button kind="primary" onClick={again}>{words.broken.again}</Button>
      {reload && <Button kind="quiet" onClick={() => location.reload()}>{reload}</Button>}
    </div>
  );
}
