/** One tool: its webhook, and its quarantine, which is read again once the names are mended. */
import { useState } from 'preact/hooks';
import { tools as words } from '#texts/tools.ts';
import { type Answer, apiAddress, readAnew, useDo, useRead } from '../../api/index.ts';
import { Button, copyText, Empty, Facts, FaultNote, Loading, Panel, Time, say } from '../../parts/index.ts';
import { goWith, href, place } from '../../shell/place.ts';
import type { KnownTool } from './index.tsx';

type Kept = Answer<'/tools/{source}/quarantine'>['deliveries'][number];

export function Tool({ tool }: { tool: KnownTool }) {
  const address = apiAddress(tool.webhook);
  return (
    <div class="stack">
      <h1>{tool.label}</h1>
      <Facts facts={[
        [words.webhook, <div class="row"><code class="tools-address">{address}</code><Button kind="quiet" onClick={() => void copyText(address, words)}>{words.copy}</Button></div>],
        [words.secret, words.secretAbout(tool.source)],
        [words.lastHeard, tool.last_heard_at ? <Time at={tool.last_heard_at} as="ago" /> : words.neverHeard],
      ]} />
      <Quarantine source={tool.source} />
    </div>
  );
}

function Quarantine({ source }: { source: string }) {
  const cursor = place.value.query.get('after') ?? undefined;
  const path = { source: source as never };
  const { data, fault, loading, again } = useRead('/tools/{source}/quarantine', { path, query: cursor ? { cursor } : {} });
  return (
    <Panel title={words.kept} actions={!!data?.deliveries.length && <ReadAll source={source} />}>
      <FaultNote fault={fault} again={again} stale={!!data} pending={loading} />
      {!data && loading && <Loading label={words.kept} lines={3} />}
      {data && !data.deliveries.length && <Empty title={words.none.title}>{words.none.detail}</Empty>}
      {!!data?.deliveries.length && (
        <>
          <p class="small muted">{words.keptAbout} <a href={href('/agreement?draft=new&as=text')}>{words.toDraft}</a></p>
          <ul class="tools-kept">{data.deliveries.map((each) => <Delivery key={each.delivery_id} kept={each} />)}</ul>
        </>
      )}
      <div class="row">
        {cursor && <Button kind="quiet" onClick={() => goWith({ after: undefined })}>{words.first}</Button>}
        {data?.cursor && <Button kind="quiet" onClick={() => goWith({ after: data.cursor ?? undefined })}>{words.next}</Button>}
      </div>
    </Panel>
  );
}

/** Reads the whole quarantine again, a batch a call, and says how far it has come. */
function ReadAll({ source }: { source: string }) {
  const replay = useDo('post', '/tools/{source}/replay', []);
  const [read, setRead] = useState<number | undefined>();
  const run = async () => {
    let [replayed, left, after] = [0, 0, undefined as string | undefined];
    do {
      setRead(replayed);
      const part = await replay.run({ path: { source: source as never }, query: after ? { after } : {} });
      if (!part) break;
      replayed += part.replayed;
      left += part.still_quarantined;
      after = part.next ?? undefined;
      if (!after) say(words.result(replayed, left));
    } while (after);
    setRead(undefined);
    readAnew('/tools', '/leads');
  };
  return (
    <>
      {read !== undefined && <span class="small muted" role="status">{words.progress(read)}</span>}
      <FaultNote fault={replay.fault} again={() => void run()} />
      <Button pending={read !== undefined} onClick={() => void run()}>{words.readAll}</Button>
    </>
  );
}

function Delivery({ kept }: { kept: Kept }) {
  const [open, setOpen] = useState(false);
  const path = { source: kept.source as never, delivery_id: kept.delivery_id };
  const replay = useDo('post', '/tools/{source}/quarantine/{delivery_id}/replay', ['/tools', '/leads']);
  const again = async () => {
    const became = await replay.run({ path });
    if (became) say(became.understood ? words.understood : words.still);
  };
  return (
    <li class="stack">
      <div class="row">
        <div class="grow">
          <ul>{kept.why.map((each) => <li key={each}>{each}</li>)}</ul>
          <p class="small muted">{words.arrived} <Time at={kept.arrived_at} /></p>
        </div>
        <Button kind="quiet" expanded={open} onClick={() => setOpen(!open)}>{open ? words.hide : words.show}</Button>
        <Button pending={replay.pending} onClick={() => void again()}>{words.readAgain}</Button>
      </div>
      <FaultNote fault={replay.fault} again={() => void again()} pending={replay.pending} />
      {open && <Content path={path} />}
    </li>
  );
}

function Content({ path }: { path: { source: never; delivery_id: string } }) {
  const { data, fault, loading, again } = useRead('/tools/{source}/quarantine/{delivery_id}', { path }, Number.POSITIVE_INFINITY);
  if (!data) return fault ? <FaultNote fault={fault} again={again} /> : loading ? <Loading label={words.body} lines={3} /> : null;
  return (
    <div class="stack tools-content">
      <p class="small muted">{words.personal} {words.bytes(data.bytes)}. {data.is_cut && words.cut}</p>
      <pre tabIndex={0} role="region" aria-label={words.body}>{readable(data.body ?? data.body_base64 ?? '')}</pre>
      {data.body === null && <p class="small muted">{words.binary}</p>}
      <details><summary>{words.headers}</summary><Facts facts={Object.entries(data.headers)} /></details>
    </div>
  );
}

/** JSON with line breaks; anything else as it came. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
