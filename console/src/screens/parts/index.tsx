/** Shows each part of the console's language once, for those who build screens. */
import { useState } from 'preact/hooks';
import { parts as words } from '#texts/parts-page.ts';
import { Fault } from '../../api/faults.ts';
import {
  Bars, Both, Button, Check, Choice, Dialog, Due, Empty, Facts, FaultNote, Field, Head, Line, Loading, Note, Panel, Progress, Said, Select, Table, Tag, Time, say,
} from '../../parts/index.ts';
import { DAY, HOUR, MINUTE } from '../../format/index.ts';

const COLOURS = ['ground', 'surface', 'sunken', 'text', 'muted', 'accent', 'accent-soft', 'late', 'late-soft', 'soon', 'soon-soft', 'done', 'done-soft'];

export default function Parts() {
  const [text, setText] = useState('');
  const [choice, setChoice] = useState('reached');
  const [checked, setChecked] = useState(true);
  const [open, setOpen] = useState(false);
  const [begun] = useState(Date.now());
  return (
    <div class="page">
      <Head title={words.title} about={words.about} actions={<Button kind="primary" onClick={() => setOpen(true)}>Dialog</Button>} />
      <Panel title="Button">
        <div class="row">
          <Button kind="primary" keyName="a" onClick={() => say('Accepted.', () => say('Taken back.'))}>Accept</Button>
          <Button icon="phone">Call</Button><Button kind="quiet">Not now</Button><Button kind="danger">Erase</Button>
          <Button pending>Sending</Button><Button disabled>Not yet</Button>
        </div>
      </Panel>
      <Panel title="Tag, Due, Time, Said">
        <div class="row">
          <Tag>Lead</Tag><Tag tone="accent">MQL</Tag><Tag tone="done">SQL</Tag><Tag tone="soon">Waits</Tag><Tag tone="late">Overdue</Tag>
          <Due at={begun + 5 * HOUR} /><Due at={begun + 72 * MINUTE} /><Due at={begun - 3 * HOUR} />
          <Time at={begun - 2 * DAY} /><Time at={begun - HOUR} as="ago" />
        </div>
        <p><Said text="asked for a person through the form content-download on 24 November 2026 at 09:30 UTC" /></p>
      </Panel>
      <Panel title="Field, Select, Choice, Check">
        <div class="stack narrow">
          <Field label="Amount" value={text} onInput={setText} hint="A number, with its currency: 48,000 EUR" />
          <Field label="Note" type="area" value={text} onInput={setText} fault="The note must have at most 2,000 characters" />
          <Select label="Reason" value="" onChange={() => undefined} options={[{ value: '', label: 'Choose one' }, { value: 'a', label: 'Bad timing' }]} />
          <Choice label="What came of it?" value={choice} onChange={setChoice}
            options={[{ value: 'reached', label: 'Reached' }, { value: 'no', label: 'No answer' }, { value: 'left', label: 'Left a message' }]} />
          <Check label="Tell me by mail" checked={checked} onChange={setChecked} />
        </div>
      </Panel>
      <Panel title="Facts"><Facts facts={[['Company', 'Schmidt GmbH'], ['Title', 'Head of purchasing'], ['Phone', '+49 30 1234567']]} /></Panel>
      <Panel title="Note, Both, FaultNote, Progress, Loading">
        <div class="stack">
          <Both fields={[{ name: 'Owner', mine: 'sam@example.com', theirs: 'kim@example.com' }]} onMine={() => undefined} onTheirs={() => undefined} />
          <Note icon="clock" tone="soon">The next one is due in 1 h 12.</Note>
          <Note icon="check" tone="done">It is a sales qualified lead.</Note>
          <FaultNote fault={new Fault('broken')} again={() => undefined} stale />
          <Progress label="Leads scored anew" done={320} of={500} />
          <Loading label="Loading" lines={2} />
        </div>
      </Panel>
      <Panel title="Table">
        <Table caption="Load per rep" rows={[{ who: 'sam@example.com', open: 7 }, { who: 'kim@example.com', open: 4 }]} idOf={(row) => row.who}
          columns={[{ name: 'Rep', cell: (row) => row.who }, { name: 'Open', cell: (row) => row.open, number: true }]} />
      </Panel>
      <Panel title="Bars, Line">
        <div class="stack">
          <Bars title="Answered in time" most={100} unit=" %" bars={[{ label: 'Acceptance', value: 92 }, { label: 'First contact', value: 71, tone: 'soon' }, { label: 'Review', value: 38, tone: 'late' }]} />
          <Line title="Attainment by week" target={90} most={100} unit=" %" points={[72, 80, 78, 88, 91, 94].map((value, index) => ({ label: `Week ${40 + index}`, value }))} />
        </div>
      </Panel>
      <Panel title="Empty"><Empty title="All caught up" action={<Button>Show what waits</Button>}>New leads appear here as they are handed over.</Empty></Panel>
      <Panel title="Colours">
        <ul class="swatches">{COLOURS.map((name) => <li key={name} class={`swatch ${name}`}>{name}</li>)}</ul>
      </Panel>
      {open && <Dialog title="Return this lead?" onClose={() => setOpen(false)}><div class="stack"><p>Escape closes it.</p><div class="row"><Button kind="primary" onClick={() => setOpen(false)}>Return it</Button></div></div></Dialog>}
    </div>
  );
}
