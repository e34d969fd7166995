/** One list: how far it is, what was read of it, and which lines one should look at. */
import { useEffect, useState } from 'preact/hooks';
import { lists as words } from '#texts/lists.ts';
import { type Schema, useRead } from '../../api/index.ts';
import { Facts, FaultNote, LinkButton, Loading, Note, Panel, Progress, Table, Tag, Time } from '../../parts/index.ts';
import { asSentence, webLink } from '../../format/index.ts';
import { href } from '../../shell/place.ts';
import { type LineResult, together, toLookAt } from './results.ts';
import { StateTag } from './state-tag.tsx';

type Import = Schema<'Import'>;

const SOON = 3_000;
/** The result's address is good for a quarter of an hour. */
const AGAIN = 600_000;
const MOST_LINES = 5_000;
const MOST_SHOWN = 200;

export function ListPane({ id }: { id: string }) {
  const [ended, setEnded] = useState(false);
  const read = useRead('/imports/{import_id}', { path: { import_id: id } }, ended ? AGAIN : SOON);
  const one = read.data;
  const over = one?.state === 'done' || one?.state === 'failed';
  useEffect(() => setEnded(over), [over]);
  if (!one) return read.fault ? <FaultNote fault={read.fault} again={read.again} /> : <Loading label={words.loading} lines={6} />;
  const { progress } = one;
  const { one: said } = words;
  const nothingCame = one.state !== 'running' && !progress.accepted && !progress.repeated;
  return (
    <article class="lists-one">
      <h1 class="sr lists-title">{words.title}</h1>
      <header class="head">
        <div class="grow"><h2>{words.named(words.kinds[one.kind], one.source ?? '', one.campaign ?? '')}</h2><p class="muted">{words.kinds[one.kind]} · {words.by(one.by)}</p></div>
        <StateTag one={one} />
      </header>
      <FaultNote fault={read.fault} again={read.again} stale />
      {one.state === 'awaiting_upload' && <Note icon="clock">{said.waits}</Note>}
      {one.why && <Note tone="late" icon="warning">{asSentence(one.why)}</Note>}
      {one.state === 'done' && !progress.lines && <Note tone="soon" icon="warning">{said.onlyHead}</Note>}
      {nothingCame && <div class="row"><LinkButton href={href('/lists?list=new')}>{said.again}</LinkButton></div>}
      {one.state === 'running' && <Progress label={said.progress} done={progress.bytes_read} of={progress.bytes ?? 0} share />}
      <Facts facts={[
        [said.lines, progress.lines], [said.accepted, progress.accepted], [said.repeated, progress.repeated],
        [said.refused, progress.refused], [said.failedLines, progress.failed],
        [said.began, one.started_at && <Time at={one.started_at} />], [said.ended, one.finished_at && <Time at={one.finished_at} />],
        [said.source, one.source], [said.campaign, one.campaign],
      ]} />
      {one.columns && (
        <Panel title={said.columns} level={3}>
          <p class="row">{Object.entries(one.columns).map(([field, number]) => <Tag key={field}>{said.column(field.replaceAll('_', ' '), number)}</Tag>)}</p>
          {!!one.left_out?.length && <p class="muted">{said.leftOut(one.left_out.join(', '))}</p>}
        </Panel>
      )}
      {one.state === 'done' && one.progress.lines > 0 && !one.result_url && <p class="muted">{said.gone}</p>}
      {one.result_url && <Results one={one} address={one.result_url} />}
    </article>
  );
}

function Results({ one, address }: { one: Import; address: string }) {
  const few = one.progress.lines <= MOST_LINES;
  const [rows, setRows] = useState<LineResult[] | undefined>();
  useEffect(() => {
    if (!few || rows) return;
    void fetch(address).then(async (answer) => answer.ok && setRows(toLookAt(await answer.text()))).catch(() => undefined);
  }, [address]);
  const { one: said } = words;
  const link = webLink(address);
  const alike = together(rows ?? []);
  return (
    <Panel title={said.results} level={3}>
      {!few && <p>{said.many}</p>}
      {rows && (rows.length ? <p class="muted">{said.resultsAbout}{alike.length > MOST_SHOWN && ` ${said.shown(MOST_SHOWN, alike.length)}`}</p> : <p>{said.allWell}</p>)}
      {rows && rows.length > 0 && (
        <Table caption={said.results} hideCaption rows={alike.slice(0, MOST_SHOWN)} idOf={(row) => row.line} columns={[
          { name: said.line, cell: (row) => row.lines },
          { name: said.result, cell: (row) => <Tag tone={row.result === 'accepted' ? 'soon' : 'late'}>{said.resultWords[row.result] ?? row.result}</Tag> },
          { name: said.why, cell: (row) => asSentence(row.why) },
          ...(alike.some((row) => row.leadId) ? [{ name: said.lead, cell: (row: LineResult) => row.leadId && <a href={href(`/leads/${encodeURIComponent(row.leadId)}`)}>{said.open}</a> }] : []),
        ]} />
      )}
      {link && <p><a href={link} download>{said.download}</a> <span class="muted small">{said.kept}</span></p>}
    </Panel>
  );
}
