import { useEffect, useRef, useState } from 'preact/hooks';
import { leads as words } from '#texts/leads.ts';
import { Fault } from '../../api/index.ts';
import { inputMoment, typedMoment } from '../../format/index.ts';
import { Button, Check, Dialog, FaultNote, Field, say, Select } from '../../parts/index.ts';
import { person } from '../../session/session.ts';
import { useTeams } from '../../session/teams.ts';
import { goWith, place } from '../../shell/place.ts';
import { saveFile } from '../lead/save-file.ts';
import { leadsFile } from './leads-file.ts';
import { changeTo, known, type KnownView, listIn, type ListQuery, type Name, nameOf, save, saved, written } from './views.ts';

const QUEUES = ['review', 'sales', 'nurturing', 'parked', 'disqualified', 'won', 'lost', 'spam'] as const;
const OWN = 'own';
const PAUSE = 350;

/** Which list is shown: by its name, by what is searched, or by filters; and what one can do with the whole of it. */
export function Bar({ list, typed, count, more }: { list: ListQuery; typed: string; count: number | undefined; more: boolean }) {
  const [own, setOwn] = useState(() => saved(localStorage));
  const [naming, setNaming] = useState(false);
  const name = nameOf(list);
  const kept = own.find((each) => each.address === written(list));
  const choose = (value: string) => {
    if (value in known) return goWith({ ...changeTo(known[value as KnownView]), lead: undefined });
    const one = own.find((each) => words.savedMark(each.name) === value);
    if (!one) return;
    const query: ListQuery = Object.fromEntries(new URLSearchParams(one.address));
    goWith({ ...changeTo(query), lead: undefined });
  };
  const options = [
    ...(Object.keys(known) as KnownView[]).map((value) => ({ value: value as string, label: words.views[value] })),
    ...own.map((each) => ({ value: words.savedMark(each.name), label: words.savedMark(each.name) })),
    ...(name || kept ? [] : [{ value: OWN, label: words.own }]),
  ];
  return (
    <div class="leads-bar">
      <div class="row">
        <h1 class="grow">{words.title}</h1>
        {count !== undefined && <span class="muted small" role="status">{words.shown(count, more)}</span>}
      </div>
      <Typed type="search" label={words.search} placeholder={words.searchHint} value={typed}
        onChange={(now) => goWith({ q: now.length > 1 ? now : undefined, lead: undefined }, { replace: true })} />
      {!typed && (
        <>
          <Select label={words.view} value={kept ? words.savedMark(kept.name) : (name ?? OWN)} onChange={choose} options={options} />
          <div class="leads-tools">
            <Filters list={list} />
            {kept ? <Button kind="quiet" onClick={() => { setOwn(save(localStorage, kept.name)); say(words.forgotten(kept.name)); }}>{words.forget}</Button>
              : !name && <Button kind="quiet" onClick={() => setNaming(true)}>{words.save}</Button>}
            <File list={list} />
          </div>
        </>
      )}
      {naming && <Naming onClose={() => setNaming(false)} onSave={(given) => { setOwn(save(localStorage, given, list)); setNaming(false); say(words.saved(given)); }} />}
    </div>
  );
}

function Filters({ list }: { list: ListQuery }) {
  const [open, setOpen] = useState(false);
  const { teams } = useTeams();
  const change = (name: Name, value: string | undefined) =>
    goWith(changeTo({ ...listIn(place.peek().query, person.peek().groups), [name]: value || undefined }), { replace: true });
  const count = Object.keys(list).length - (nameOf(list) ? 1 : 0);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.active(count)}</summary>
      <div class="leads-filters">
        <Select label={words.queue} value={list.queue ?? ''} onChange={(value) => change('queue', value)}
          options={[{ value: '', label: words.any }, ...QUEUES.map((view) => ({ value: known[view].queue as string, label: words.views[view] }))]} />
        <Typed label={words.owner} hint={words.ownerHint} value={list.owner} onChange={(value) => change('owner', value)} />
        <Select label={words.team} value={list.team ?? ''} onChange={(value) => change('team', value)}
          options={[{ value: '', label: words.any }, ...teamOptions(teams, list.team)]} />
        <Check label={words.overdue} checked={list.overdue === 'true'} onChange={(late) => change('overdue', late ? 'true' : undefined)} />
        <Typed label={words.source} hint={words.sourceHint} value={list.source} onChange={(value) => change('source', value)} />
        <Typed label={words.account} hint={words.accountHint} value={list.account} onChange={(value) => change('account', value)} />
        <Field type="datetime-local" label={words.changedSince} value={list.changed_since ? inputMoment(new Date(list.changed_since)) : ''}
          onInput={(value) => change('changed_since', typedMoment(value))} />
        <Select label={words.order} value={list.order ?? ''} onChange={(value) => change('order', value)}
          options={[{ value: '', label: words.inOrder }, { value: 'desc', label: words.turned }]} />
        <Button onClick={() => goWith(changeTo({}))}>{words.clear}</Button>
      </div>
    </details>
  );
}

function teamOptions(teams: readonly { team: string; label: string }[], chosen: string | undefined): { value: string; label: string }[] {
  const all = teams.map((each) => ({ value: each.team, label: each.label }));
  return chosen && !all.some((each) => each.value === chosen) ? [...all, { value: chosen, label: chosen }] : all;
}

interface TypedProps {
  label: string;
  type?: 'text' | 'search';
  hint?: string;
  placeholder?: string;
  value: string | undefined;
  onChange: (value: string) => void;
}

/** A field whose value counts a moment after the last key; what is typed stays while the list is read. */
function Typed({ value = '', onChange, ...field }: TypedProps) {
  const [typed, setTyped] = useState<string | undefined>();
  const waits = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waits.current), []);
  const type = (now: string) => {
    setTyped(now);
    clearTimeout(waits.current);
    waits.current = setTimeout(() => onChange(now.trim()), PAUSE);
  };
  const shown = typed !== undefined && typed.trim() !== value ? typed : value;
  return <Field {...field} value={shown} onInput={type} />;
}

function Naming({ onClose, onSave }: { onClose: () => void; onSave: (name: string) => void }) {
  const [name, setName] = useState('');
  return (
    <Dialog title={words.save} onClose={onClose}>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); if (name.trim()) onSave(name.trim()); }}>
        <Field label={words.saveName} hint={words.saveHint} value={name} onInput={setName} maxLength={60} required autoFocus />
        <div class="row"><Button kind="primary" type="submit">{words.saveNow}</Button></div>
      </form>
    </Dialog>
  );
}

function File({ list }: { list: ListQuery }) {
  const [parts, setParts] = useState<number | undefined>();
  const [fault, setFault] = useState<Fault | undefined>();
  const make = async () => {
    setParts(0);
    setFault(undefined);
    try {
      const text = await leadsFile(list, setParts);
      saveFile(`baton-${nameOf(list) ?? 'leads'}.csv`, 'text/csv', text);
      say(words.filed(`baton-${nameOf(list) ?? 'leads'}.csv`));
    } catch (failure) {
      setFault(failure instanceof Fault ? failure : new Fault('other'));
    }
    setParts(undefined);
  };
  return (
    <>
      <Button kind="quiet" pending={parts !== undefined} onClick={() => void make()}>{words.file}</Button>
      {parts !== undefined && <span class="small muted" role="status">{words.filing(parts)}</span>}
      <FaultNote fault={fault} again={() => void make()} />
    </>
  );
}
