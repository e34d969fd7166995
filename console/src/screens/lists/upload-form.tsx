/** Announces a list, and sends its file. */
import { useRef, useState } from 'preact/hooks';
import { lists as words } from '#texts/lists.ts';
import { Fault, useDo } from '../../api/index.ts';
import { Button, Choice, FaultNote, Field, Head, Progress, Select } from '../../parts/index.ts';
import { useDraft } from '../../shell/drafts.ts';
import { type Form, uploaded } from './upload.ts';

const MOST = 50_000_000;
const EMPTY = { kind: 'leads', source: '', campaign: '', existing: 'fill', dates: '', decimals: '' };
/** An import that waits for its file. */
interface Begun { id: string; to: Form; file: File }

type Kind = 'leads' | 'signals';
type Existing = 'fill' | 'replace' | 'keep';

export function UploadForm({ onDone }: { onDone: (id: string) => void }) {
  const [typed, change, forget] = useDraft('lists:new', EMPTY);
  const [wrong, setWrong] = useState<string | undefined>();
  const [sent, setSent] = useState<{ done: number; of: number } | undefined>();
  const [failed, setFailed] = useState<(Begun & { fault: Fault }) | undefined>();
  const input = useRef<HTMLInputElement>(null);
  const begin = useDo('post', '/imports', []);
  const send = async () => {
    const file = input.current?.files?.[0];
    const found = file ? (file.size > MOST ? words.form.tooLarge : file.size ? undefined : words.form.noContent) : words.form.noFile;
    setWrong(found);
    setFailed(undefined);
    if (!file || found) return;
    const { kind, source, campaign, existing, dates, decimals } = typed;
    const begun = await begin.run({
      body: {
        kind: kind as Kind, existing: existing as Existing,
        ...(source ? { source } : {}), ...(campaign ? { campaign } : {}),
        ...(dates ? { dates: dates as 'DD/MM/YYYY' | 'MM/DD/YYYY' } : {}), ...(decimals ? { decimals: decimals as ',' | '.' } : {}),
      },
    });
    if (begun) await upload({ id: begun.import_id, to: begun.upload, file });
  };
  const upload = async (begun: Begun) => {
    const { id, to, file } = begun;
    setFailed(undefined);
    setSent({ done: 0, of: file.size });
    try {
      await uploaded(to, file, (done) => setSent({ done, of: file.size }));
      forget();
      onDone(id);
    } catch (failure) {
      setFailed({ ...begun, fault: failure instanceof Fault ? failure : new Fault('other') });
    } finally {
      setSent(undefined);
    }
  };
  return (
    <form class="stack narrow" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <Head title={words.upload} />
      <div class="field">
        <label for="lists-file">{words.form.file}</label>
        <input ref={input} id="lists-file" type="file" accept=".csv,text/csv,text/plain" aria-invalid={!!wrong} aria-describedby="lists-file-hint lists-file-wrong" />
        <p class="hint" id="lists-file-hint">{words.form.fileHint}</p>
        <p class="fault-word" id="lists-file-wrong">{wrong}</p>
      </div>
      <Choice label={words.form.kind} value={typed.kind} onChange={(kind) => change({ kind })} fault={begin.of('kind')}
        options={[{ value: 'leads', label: words.form.leads, hint: words.form.leadsHint }, { value: 'signals', label: words.form.signals, hint: words.form.signalsHint }]} />
      <Field label={words.form.source} hint={words.form.sourceHint} value={typed.source} onInput={(source) => change({ source })} fault={begin.of('source')} />
      <Field label={words.form.campaign} value={typed.campaign} onInput={(campaign) => change({ campaign })} fault={begin.of('campaign')} />
      <Select label={words.form.existing} hint={words.form.existingHint} value={typed.existing} onChange={(existing) => change({ existing })}
        options={[{ value: 'fill', label: words.form.fill }, { value: 'replace', label: words.form.replace }, { value: 'keep', label: words.form.keep }]} />
      <details>
        <summary>{words.form.more}</summary>
        <div class="stack">
          <Select label={words.form.dates} value={typed.dates} onChange={(dates) => change({ dates })}
            options={[{ value: '', label: words.form.datesNone }, ...['DD/MM/YYYY', 'MM/DD/YYYY'].map((each) => ({ value: each, label: each }))]} />
          <Select label={words.form.decimals} value={typed.decimals} onChange={(decimals) => change({ decimals })}
            options={[{ value: '', label: words.form.decimalsNone }, ...[',', '.'].map((each) => ({ value: each, label: each }))]} />
        </div>
      </details>
      <FaultNote fault={failed?.fault ?? begin.fault} again={() => void (failed ? upload(failed) : send())} pending={begin.pending} />
      {sent && <Progress label={words.form.uploading} done={sent.done} of={sent.of} share />}
      <div class="row"><Button kind="primary" type="submit" pending={begin.pending || !!sent}>{words.form.send}</Button></div>
    </form>
  );
}
