/** What the newest proposal of points would change, or what to do to get one. */
import { useState } from 'preact/hooks';
import { meeting as words } from '#texts/meeting.ts';
import { type Schema, useDo, useRead } from '../../api/index.ts';
import { Button, FaultNote, LinkButton, Loading, Note, Panel, Progress, Table, Time } from '../../parts/index.ts';
import { href } from '../../shell/place.ts';
import { type Label, type Move, type Proposal, type Reports, droppedBy, mayBeChance, movesOf, percent } from './figures.ts';
import { asSentence, ruleWords } from '../../format/index.ts';

const PACE = 2_000;

interface WhatToChangeProps {
  all: Reports;
  /** How many leads sales got on a working day of the period. */
  perDay: number;
  label: Label;
}

/** The newest proposal; one that is being learned is followed until it has ended. */
export function WhatToChange({ all, perDay, label }: WhatToChangeProps) {
  const [begun, setBegun] = useState<string>();
  const { proposal, agreement_version: inForce = 0 } = all;
  const wanted = proposal?.asked.leads_per_day ?? perDay;
  const followed = begun ?? (proposal?.state === 'running' ? proposal.proposal_id : undefined);
  const inUse = all.labels?.rules;
  const ask = <Ask perDay={wanted} again={!!(proposal ?? begun)} onBegun={setBegun} />;
  return (
    <Panel title={words.change.title}>
      {followed ? <Followed key={followed} id={followed} {...{ inForce, inUse, label, ask }} />
        : proposal ? <Shown {...{ proposal, inForce, inUse, label, ask }} />
          : <><p class="muted">{words.change.none}</p>{ask}</>}
    </Panel>
  );
}

type Rest = { inForce: number; inUse: Readonly<Record<string, string>> | undefined; label: Label; ask: preact.JSX.Element };

function Followed({ id, ...rest }: { id: string } & Rest) {
  const [pace, setPace] = useState(PACE);
  const { data, fault, again } = useRead('/agreement/proposals/{proposal_id}', { path: { proposal_id: id } }, pace);
  const next = !data || data.state === 'running' ? PACE : Number.POSITIVE_INFINITY;
  if (pace !== next) setPace(next);
  if (!data) return fault ? <FaultNote fault={fault} again={again} /> : <Loading label={words.change.running} lines={2} />;
  return <><FaultNote fault={fault} again={again} stale /><Shown proposal={data} {...rest} /></>;
}

function Shown({ proposal, inForce, inUse, label, ask }: { proposal: Proposal } & Rest) {
  const isOld = proposal.agreement_version !== inForce;
  const open = <LinkButton href={href(`/agreement?proposal=${proposal.proposal_id}`)}>{words.change.open}</LinkButton>;
  switch (proposal.state) {
    case 'running': return <Progress label={words.change.running} done={proposal.leads_read} of={proposal.leads} />;
    case 'stalled': return <><Note tone="soon" icon="warning">{words.change.stalled}</Note>{ask}</>;
    case 'refused': return <><Note tone="soon" icon="warning"><strong>{words.change.refused}</strong> {proposal.why}</Note>{ask}</>;
    default: return (
      <>
        <p class="muted"><Learned proposal={proposal} /></p>
        {isOld && <Note tone="soon" icon="warning">{words.change.old(proposal.agreement_version, inForce)}</Note>}
        {proposal.figures && <Figures figures={proposal.figures} dropped={isOld ? [] : droppedBy(proposal, inUse)} label={label} />}
        <div class="row no-print">{open}{isOld && ask}</div>
      </>
    );
  }
}

function Learned({ proposal: { finished_at: at, figures, asked, agreement_version: version } }: { proposal: Proposal }) {
  return (
    <>
      {words.change.learned} <Time at={at ?? asked.to} as="date" />{figures && words.change.from(figures.learned_from, figures.won)} <Time at={asked.from} as="day" /> {words.change.upTo} <Time at={asked.to} as="day" />
      {words.change.asked(asked.leads_per_day, version)}
    </>
  );
}

interface FiguresProps { figures: NonNullable<Proposal['figures']>; dropped: readonly string[]; label: Label }

function Figures({ figures, dropped, label }: FiguresProps) {
  const { today, proposed, scale } = figures;
  const moves = movesOf(figures);
  if (!proposed) return <Note>{words.change.nothing}</Note>;
  return (
    <>
      <p><strong>{words.change.order(percent(today.auc), percent(proposed.auc), percent(today.won_in_top_10), percent(proposed.won_in_top_10))}</strong></p>
      {figures.warnings.map((each) => <Note key={each} tone="soon" icon="warning">{asSentence(each)}</Note>)}
      {!moves.length && <p>{words.change.same}</p>}
      {!!moves.length && (
        <div class="meeting-moves">
          <Table caption={words.change.rules} hideCaption rows={moves.slice(0, words.change.most)} idOf={(move) => move.id}
            columns={[
              { name: words.rule, cell: (move) => <>{move.id}<br /><span class="small muted meeting-rule">{move.words ? ruleWords(move.words) : label('rule', move.id)}</span></> },
              { name: words.change.today, number: true, cell: (move) => (move.is_new ? <span class="muted">{words.change.isNew}</span> : words.change.points(move.points_today ?? 0)) },
              { name: words.change.proposed, number: true, cell: (move) => <strong>{words.change.points(move.points)}</strong> },
              { name: words.change.chance, cell: (move) => <Sure move={move} /> },
            ]} />
        </div>
      )}
      {moves.length > words.change.most && <p class="muted small">{words.change.more(moves.length - words.change.most)}</p>}
      {scale && !!moves.length && <p class="muted small">{words.change.scale(scale.full_score, scale.threshold)}</p>}
      {!!dropped.length && <p>{words.change.dropped(dropped)}</p>}
    </>
  );
}

function Sure({ move }: { move: Move }) {
  if (!move.within) return <span class="muted">{words.tooFew}</span>;
  const [low = 0, high = 0] = move.within.map(Math.round);
  return mayBeChance(move) ? <span class="muted">{words.change.could(words.change.points(low), words.change.points(high))}</span>
    : <strong>{words.change.sure(words.change.points(low), words.change.points(high))}</strong>;
}

interface AskProps { perDay: number; again: boolean; onBegun: (id: string) => void }

/** One press begins a proposal; nothing takes effect by it. */
function Ask({ perDay, again, onBegun }: AskProps) {
  const ask = useDo('post', '/agreement/proposals', []);
  const begin = async () => {
    const begun: Schema<'PointsProposal'> | undefined = await ask.run({ body: { leads_per_day: perDay } });
    if (begun) onBegun(begun.proposal_id);
  };
  return (
    <div class="meeting-ask no-print">
      <FaultNote fault={ask.fault} />
      <div class="row"><Button pending={ask.pending} onClick={() => void begin()}>{again ? words.change.learnAgain : words.change.learn}</Button><span class="grow muted small">{words.change.harmless(perDay)}</span></div>
    </div>
  );
}
