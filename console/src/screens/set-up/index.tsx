/** The first steps on a new stack, ticked as they are done. */
import { setUp as words } from '#texts/set-up.ts';
import { type Answer, useDo, useRead } from '../../api/index.ts';
import { Button, Empty, FaultNote, Field, Head, Icon, LinkButton, Loading, Note, Progress } from '../../parts/index.ts';
import { say } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { href } from '../../shell/place.ts';
import './set-up.css';

const ORDER = ['agreement', 'rep', 'manager', 'form', 'tool', 'operations'] as const;
const WHERE = { agreement: '/agreement', rep: '/roster', manager: '/roster', form: '/forms', tool: '/tools', operations: '' } as const;
type Step = (typeof ORDER)[number];

export default function SetUp() {
  const { data, fault, loading, again } = useRead('/set-up', {});
  const done = ORDER.filter((each) => data?.steps[each]).length;
  return (
    <div class="page stack">
      <Head title={words.title} about={words.about} />
      <FaultNote fault={fault} again={again} stale={!!data} pending={loading} />
      {!data && loading && <Loading label={words.title} lines={6} />}
      {done === ORDER.length ? <Empty title={words.all.title}>{words.all.detail}</Empty> : <Progress label={words.title} done={done} of={ORDER.length} />}
      <ol class="set-up-steps">
        {ORDER.map((each) => (
          <li key={each}>
            <OneStep step={each} done={data?.steps[each]} />
            {each === 'operations' && data && <Operations mail={data.operations} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

function OneStep({ step, done }: { step: Step; done: boolean | undefined }) {
  const said = words.steps[step];
  return (
    <div class="row">
      <span class={`set-up-tick ${done ? 'done' : ''}`}>{done && <Icon name="check" size={16} />}</span>
      <div class="grow">
        <h2>{said.title} <span class="sr">({done === undefined ? words.unknown : done ? words.ticked : words.open})</span></h2>
        <p class="muted">{said.detail}</p>
      </div>
      {WHERE[step] && <LinkButton href={href(WHERE[step])} label={`${said.go}: ${said.title}`}>{said.go}</LinkButton>}
    </div>
  );
}

/** Who hears of failures, and the link that proves an address of operations. */
function Operations({ mail }: { mail: Answer<'/set-up'>['operations'] }) {
  const confirm = useDo('post', '/operations/confirmation', ['/set-up']);
  const [typed, change, sent] = useDraft('operations-mail', { link: '' });
  const send = async () => {
    if (!(await confirm.run({ body: typed }))) return;
    sent();
    say(words.confirmed);
  };
  return (
    <div class="stack set-up-more">
      {!mail.addresses.length && <Note tone="soon">{words.noAddress}</Note>}
      <ul>{mail.addresses.map((each) => <li key={each.address}>{words.address(each.address, words.states[each.subscription])}</li>)}</ul>
      {mail.warnings.map((each) => <Note key={each} tone="soon" icon="warning">{each}</Note>)}
      {mail.addresses.some((each) => each.subscription !== 'confirmed') && (
        <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void send(); }}>
          <Field label={words.link} hint={words.linkHint} required maxLength={2000} value={typed.link} onInput={(link) => change({ link })} fault={confirm.of('link')} />
          <FaultNote fault={confirm.fault} again={() => void send()} pending={confirm.pending} />
          <div class="row"><Button type="submit" pending={confirm.pending}>{words.confirm}</Button></div>
        </form>
      )}
    </div>
  );
}
