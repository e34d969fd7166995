/** All versions of the agreement: who signed which, what differs between any two, and the text of one. */
import { useState } from 'preact/hooks';
import { agreement as words } from '#texts/agreement.ts';
import { type Schema, useRead } from '../../../api/index.ts';
import { Button, Empty, FaultNote, Head, LinkButton, Loading, Panel, Select, Tag, Time } from '../../../parts/index.ts';
import { goWith, href, place } from '../../../shell/place.ts';
import { Differences } from '../draft/changes.tsx';
import { TextEditor } from '../editor/text-editor.tsx';

type Version = Schema<'VersionSummary'>;

export function Versions() {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const { query } = place.value;
  const [from, to] = [query.get('from') ?? undefined, query.get('to') ?? undefined];
  const first = useRead('/agreement/versions', {});
  const newest = first.data?.versions ?? [];
  if (!first.data) return first.fault ? <FaultNote fault={first.fault} again={first.again} /> : <Loading label={words.loading} lines={6} />;
  const options = newest.map((each) => ({ value: String(each.version), label: words.versions.option(each.version, words.versions.states[each.state] ?? each.state) }));
  const older = from ?? options[1]?.value;
  const newer = to ?? options[0]?.value;
  const known = (value: string | undefined) => (value && !options.some((each) => each.value === value) ? [{ value, label: words.versions.named(value) }] : []);
  return (
    <>
      <Head title={words.versions.title} about={words.versions.about} />
      <FaultNote fault={first.fault} again={first.again} stale />
      {older && newer && (
        <Panel title={words.versions.differences}>
          <div class="agreement-fields">
            <Select label={words.versions.from} value={older} options={[...known(older), ...options]} onChange={(value) => goWith({ from: value, to: newer }, { replace: true })} />
            <Select label={words.versions.to} value={newer} options={[...known(newer), ...options]} onChange={(value) => goWith({ from: older, to: value }, { replace: true })} />
          </div>
          <Between from={older} to={newer} />
        </Panel>
      )}
      <Panel title={words.versions.all}>
        <ol class="agreement-versions">
          {cursors.map((cursor) => <Page key={cursor ?? ''} cursor={cursor} isLast={cursor === cursors.at(-1)} onMore={(next) => setCursors([...cursors, next])} />)}
        </ol>
      </Panel>
    </>
  );
}

function Between({ from, to }: { from: string; to: string }) {
  const read = useRead('/agreement/differences', from === to ? null : { query: { from, to } }, Infinity);
  if (from === to) return <p class="muted">{words.versions.same}</p>;
  if (!read.data) return read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} />;
  return <div class="stack"><Differences lines={read.data.differences_in_parts} effects={read.data.effects} rules={read.data.rules_in_words} /></div>;
}

function Page({ cursor, isLast, onMore }: { cursor: string | undefined; isLast: boolean; onMore: (next: string) => void }) {
  const read = useRead('/agreement/versions', cursor ? { query: { cursor } } : {}, Infinity);
  const next = read.data?.cursor;
  return (
    <>
      {read.data?.versions.map((each) => <Row key={each.version} version={each} />)}
      {!read.data && (read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} />)}
      {isLast && next && <li><Button kind="quiet" onClick={() => onMore(next)}>{words.more}</Button></li>}
    </>
  );
}

function Row({ version }: { version: Version }) {
  const at = version.in_force_since ?? version.in_force_from;
  return (
    <li>
      <div class="grow">
        <strong>{words.versions.named(String(version.version))}</strong> <Tag tone={version.state === 'in_force' ? 'done' : version.state === 'scheduled' ? 'soon' : 'plain'}>{words.versions.states[version.state]}</Tag>
        <p class="muted small">
          {at && <>{words.since} <Time at={at} as="given" /> · </>}
          {version.signatures.length ? version.signatures.map((each) => words.sign.signedBy(words.groups[each.group], each.by)).join(' · ') : words.versions.origin(version.origin)}
        </p>
      </div>
      {version.version > 1 && <a href={href(`/agreement?see=versions&from=${version.version - 1}&to=${version.version}`)}>{words.versions.what}</a>}
      <a href={href(`/agreement?version=${version.version}`)}>{words.versions.text}</a>
    </li>
  );
}

/** The text of one version, to read. */
export function OneVersion({ number }: { number: string }) {
  const read = useRead('/agreement/versions/{version}', /^\d{1,6}$/.test(number) ? { path: { version: Number(number) } } : null, Infinity);
  if (read.fault?.kind === 'absent' || !/^\d{1,6}$/.test(number)) return <Empty title={words.versions.absent} icon="document" />;
  if (!read.data) return read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} lines={8} />;
  return (
    <>
      <Head title={words.versions.named(number)} about={<Row1 version={read.data} />}
        actions={<LinkButton href={href(`/agreement?draft=new&of=${number}`)}>{words.versions.newOf}</LinkButton>} />
      <div class="agreement-text agreement-read"><TextEditor label={words.editor.label} text={read.data.yaml} readOnly /></div>
    </>
  );
}

function Row1({ version }: { version: Version }) {
  const at = version.in_force_since ?? version.in_force_from;
  return (
    <>
      {words.versions.states[version.state]}{at && <>, {words.since} <Time at={at} as="given" /></>} · {version.signatures.length ? version.signatures.map((each) => words.sign.signedBy(words.groups[each.group], each.by)).join(' · ') : words.versions.origin(version.origin)}
    </>
  );
}
