/** What failed for good: each queue with its age and its way out, and failures that have none. */
import { operations as words } from '#texts/operations.ts';
import { useDo, useRead, type Answer } from '../../api/index.ts';
import { Button, Empty, FaultNote, Head, LinkButton, Loading, Note, Panel, Table, Tag, Time, say } from '../../parts/index.ts';
import { href } from '../../shell/place.ts';
import { redriven, screenOf } from './ways-out.ts';
import './operations.css';

type Queue = Answer<'/queues'>['queues'][number];
type Other = Answer<'/queues'>['others'][number];

export default function Operations() {
  const { data, fault, loading, again } = useRead('/queues', {});
  const failed = data?.queues.filter((each) => each.messages) ?? [];
  const empty = data?.queues.filter((each) => !each.messages) ?? [];
  const came = data?.others.filter((each) => each.came_since || each.last_told_at) ?? [];
  return (
    <div class="page stack">
      <Head title={words.title} about={words.about} />
      <FaultNote fault={fault} again={again} stale={!!data} pending={loading} />
      {!data && loading && <Loading label={words.title} lines={4} />}
      {data && <Standing failed={failed} others={data.others} />}
      {!!failed.length && (
        <Panel title={words.failed}>
          <ul class="operations-queues">{failed.map((each) => <FailedQueue key={each.queue} queue={each} />)}</ul>
        </Panel>
      )}
      {!!came.length && (
        <Panel title={words.others}>
          <ul class="operations-queues">{came.map((each) => <OtherFailure key={each.kind} other={each} />)}</ul>
        </Panel>
      )}
      {!!empty.length && (
        <details class="operations-empty">
          <summary>{words.empty(empty.length)}</summary>
          <Table caption={words.empty(empty.length)} hideCaption rows={empty} idOf={(row) => row.queue}
            columns={[{ name: words.queue.name, cell: (row) => row.queue }, { name: words.queue.what, cell: (row) => row.what }, { name: words.last, cell: (row) => <Redriven queue={row} /> }]} />
        </details>
      )}
    </div>
  );
}

function Standing({ failed, others }: { failed: Queue[]; others: Other[] }) {
  const urgent = failed.filter((each) => !each.can_wait).length + others.filter((each) => each.came_since && !each.can_wait).length;
  if (urgent) return <Note tone="late" icon="warning">{words.urgent(urgent)}</Note>;
  if (failed.length || others.some((each) => each.came_since)) return <Note tone="soon" icon="clock">{words.patient}</Note>;
  return <Empty title={words.quiet.title}>{words.quiet.detail}</Empty>;
}

function FailedQueue({ queue }: { queue: Queue }) {
  const redrive = useDo('post', '/queues/{queue}/redrive', ['/queues']);
  const send = async () => {
    const asked = await redrive.run({ path: { queue: queue.queue as never } });
    if (asked) say(words.asked(asked.messages));
  };
  return (
    <li>
      <div class="row">
        <div class="grow">
          <h3>{queue.what}</h3>
          <p class="small muted">
            {words.messages(queue.messages)} · {queue.since ? <>{words.since} <Time at={queue.since} as="ago" /></> : words.unseen} · {queue.queue}
          </p>
        </div>
        <Tag tone={queue.can_wait ? 'soon' : 'late'}>{queue.can_wait ? words.waits : words.now}</Tag>
        {redriven(queue) && <Button icon="next" pending={redrive.pending} onClick={() => void send()} label={`${words.redrive}: ${queue.what}`}>{words.redrive}</Button>}
      </div>
      {!redriven(queue) && <ToDo command={queue.to_do} />}
      <p class="small muted"><Redriven queue={queue} /></p>
      <FaultNote fault={redrive.fault} again={() => void send()} pending={redrive.pending} />
    </li>
  );
}

/** A failure that lies in no queue; what there is to do is on another screen, or by a command. */
function OtherFailure({ other }: { other: Other }) {
  const screen = screenOf(other.kind);
  return (
    <li>
      <div class="row">
        <div class="grow">
          <h3>{other.what}</h3>
          <p class="small muted">{words.came(other.came_since)} · {words.told} {other.last_told_at ? <Time at={other.last_told_at} as="ago" /> : words.never}</p>
        </div>
        {!!other.came_since && <Tag tone={other.can_wait ? 'soon' : 'late'}>{other.can_wait ? words.waits : words.now}</Tag>}
        {screen && <LinkButton href={href(screen)}>{words.see[screen]}</LinkButton>}
      </div>
      {!screen && <ToDo command={other.to_do} />}
    </li>
  );
}

function ToDo({ command }: { command: string }) {
  return <p class="small">{words.todo} <code class="operations-command">{command}</code></p>;
}

function Redriven({ queue: { redriven } }: { queue: Queue }) {
  if (!redriven) return null;
  return (
    <>
      {words.last} <Time at={redriven.at} as="ago" />: {words.sentOn(redriven.sent_on, redriven.left)}
      {redriven.stopped && <>. {words.stopped(redriven.stopped)}</>}
    </>
  );
}
