/** The forms for websites: the HTML of each with this Baton's address, how it looks, and what follows from it. */
import { forms as words } from '#texts/forms.ts';
import { useRead } from '../../api/index.ts';
import { consoleRoot } from '../../api/addresses.ts';
import { Empty, FaultNote, focusDetail, Head, LinkButton, List, Loading, Split, Tag, Time } from '../../parts/index.ts';
import { goWith, href, place } from '../../shell/place.ts';
import { FormPane } from './form-pane.tsx';
import './forms.css';

export default function Forms() {
  const agreement = useRead('/agreement', { query: { format: 'json', submissions: 'true' } }, 60_000);
  const all = agreement.data?.terms?.forms ?? [];
  const name = place.value.query.get('form') ?? undefined;
  const at = all.findIndex((form) => form.name === name);
  const select = (chosen: string | undefined) => goWith({ form: chosen }, { replace: true });
  const step = (by: number) => (at >= 0 && all[at + by] ? () => select(all[at + by]?.name) : undefined);
  const api = new URL('..', consoleRoot()).href.replace(/\/$/, '');
  const shown = all[at];
  return (
    <Split label={words.detail} onBack={() => select(undefined)} onPrevious={step(-1)} onNext={step(1)} {...(shown ? { at: at + 1, of: all.length } : {})}
      list={(
        <>
          <div class="forms-head"><Head title={words.title} about={words.about} actions={<LinkButton href={href('/agreement?draft=new')}>{words.make}</LinkButton>} /></div>
          <FaultNote fault={agreement.fault} again={agreement.again} stale={!!agreement.data} />
          {!agreement.data && agreement.loading && <Loading label={words.loading} />}
          {agreement.data && !all.length && <Empty title={words.none.title} icon="form">{words.none.detail}</Empty>}
          <List label={words.list} rows={all} idOf={(form) => form.name} to={(form) => `/forms?form=${encodeURIComponent(form.name)}`} selected={name}
            onSelect={select} onOpen={() => focusDetail()}>
            {(form) => (
              <>
                <strong>{form.label}</strong>
                <p class="muted small">{words.fields(form.fields.length)} <Tag tone={form.asks_for_a_person ? 'accent' : 'plain'}>{form.asks_for_a_person ? words.asks : words.adds}</Tag></p>
                <p class="muted small">{form.last_sent_at ? <>{words.lastSent} <Time at={form.last_sent_at} as="ago" /></> : words.notSent}</p>
              </>
            )}
          </List>
        </>
      )}
      detail={shown && <FormPane key={shown.name} form={shown} api={api} />}
      empty={all.length > 0 && <Empty title={words.choose.title} icon="form">{words.choose.detail}</Empty>} />
  );
}
