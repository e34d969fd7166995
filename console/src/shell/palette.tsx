/** Search over screens and leads, on `/` and Ctrl-K. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { screens as names, shell as words } from '#texts/shell.ts';
import type { Schema } from '../api/index.ts';
import { Fault, readOnce } from '../api/index.ts';
import { companyName, personName } from '../format/index.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { FaultNote } from '../parts/notes.tsx';
import { go } from './place.ts';
import { type Screen, screens } from './screens.ts';

interface Found {
  to: string;
  title: string;
  about: string;
  icon: IconName;
}

const PAUSE = 150;
/** The types of elements know comboboxes with a `<datalist>` only. */
const COMBOBOX: object = { role: 'combobox' };

/** @param only shows just these screens, and no search */
export function Palette({ onClose, only }: { onClose: () => void; only?: Screen[] }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const { leads, fault, searching, more } = useLeads(only ? '' : typed.trim());
  const wanted = typed.trim().toLowerCase();
  const places = (only ?? screens.filter((each) => !each.path.includes(':')))
    .filter((each) => names[each.name].toLowerCase().includes(wanted) && (!each.hidden || wanted))
    .map((each) => ({ to: each.path, title: names[each.name], about: '', icon: each.icon }));
  const all: Found[] = [...leads, ...places];
  const chosen = Math.min(at, all.length - 1);
  const open = (one: Found | undefined) => {
    if (!one) return;
    onClose();
    go(one.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((chosen + (event.key === 'ArrowDown' ? 1 : all.length - 1)) % (all.length || 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(all[chosen]);
    }
  };
  const option = (one: Found, index: number) => (
    <li key={one.to} id={`${id}o${index}`} role="option" aria-selected={index === chosen} onClick={() => open(one)} onMouseMove={() => setAt(index)}>
      <Icon name={one.icon} size={18} /><span class="grow">{one.title}</span><span class="muted small">{one.about}</span>
    </li>
  );
  return (
    <Dialog title={only ? words.more : words.search} onClose={onClose} bare>
      <div class="palette" onKeyDown={onKeyDown}>
        <div class="palette-input">
          <Icon name="search" />
          <input type="search" {...COMBOBOX} aria-label={words.search} aria-expanded="true" aria-controls={`${id}l`} autoComplete="off"
            aria-activedescendant={all.length ? `${id}o${chosen}` : undefined} placeholder={words.searchHint} value={typed}
            ref={(node) => { if (!only) node?.focus(); }}
            onInput={(event) => { setTyped(event.currentTarget.value); setAt(0); }} />
        </div>
        <FaultNote fault={fault} />
        <ul id={`${id}l`} role="listbox" aria-label={words.results}>{all.map(option)}</ul>
        <p class="muted small palette-foot" role="status">
          {searching ? words.searching : more ? words.moreFound : wanted && !all.length ? (wanted.length < 2 ? words.typeMore : words.none(typed.trim())) : ''}
        </p>
      </div>
    </Dialog>
  );
}

function useLeads(typed: string): { leads: Found[]; fault: Fault | undefined; searching: boolean; more: boolean } {
  const [result, setResult] = useState<{ of: string; leads: Found[]; fault?: Fault; more: boolean }>({ of: '', leads: [], more: false });
  const latest = useRef(typed);
  latest.current = typed;
  const asks = typed.length >= 2;
  useEffect(() => {
    if (!asks) return undefined;
    const timer = setTimeout(async () => {
      try {
        const { leads, more } = await readOnce('/leads', { query: { q: typed, limit: 8 } });
        if (latest.current === typed) setResult({ of: typed, leads: leads.map(foundLead), more: !!more });
      } catch (fault) {
        if (latest.current === typed) setResult({ of: typed, leads: [], more: false, fault: fault instanceof Fault ? fault : new Fault('other') });
      }
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  if (!asks) return { leads: [], fault: undefined, searching: false, more: false };
  return { leads: result.leads, fault: result.fault, searching: result.of !== typed, more: result.of === typed && result.more };
}

function foundLead(lead: Schema<'LeadSummary'>): Found {
  const about = [companyName(lead), lead.labels.status].filter(Boolean).join(' · ');
  return { to: `/leads/${lead.lead_id}`, title: personName(lead), about, icon: 'person' };
}
