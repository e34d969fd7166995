/** Adds a list of accounts from a file, and says what became of each line. */
import { useRef, useState } from 'preact/hooks';
import { accounts as words } from '#texts/accounts.ts';
import { Fault, type Schema, call, readAnew } from '../../api/index.ts';
import { Button, FaultNote, Note, Table } from '../../parts/index.ts';

type Became = Schema<'AccountImport'>;
const MOST = 65_536;

export function AccountList() {
  const input = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<Fault | undefined>();
  const [wrong, setWrong] = useState<string | undefined>();
  const [became, setBecame] = useState<Became | undefined>();
  const send = async () => {
    const file = input.current?.files?.[0];
    setWrong(file ? (file.size > MOST ? words.tooLong : undefined) : words.noFile);
    if (!file || file.size > MOST) return;
    setPending(true);
    setFault(undefined);
    try {
      const told = await call({ method: 'post', address: '/accounts/import', body: new Blob([file], { type: 'text/csv' }) });
      setBecame(told.data as Became);
      readAnew('/accounts', '/leads');
    } catch (failure) {
      setFault(failure instanceof Fault ? failure : new Fault('other'));
    } finally {
      setPending(false);
    }
  };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <h1>{words.upload}</h1>
      <div class="field narrow">
        <label for="accounts-file">{words.file}</label>
        <input ref={input} id="accounts-file" type="file" accept=".csv,text/csv,text/plain" aria-invalid={!!wrong} aria-describedby="accounts-file-hint accounts-file-wrong" />
        <p class="hint" id="accounts-file-hint">{words.fileHint}</p>
        <p class="fault-word" id="accounts-file-wrong">{wrong}</p>
      </div>
      <FaultNote fault={fault} again={() => void send()} pending={pending} />
      <div class="row"><Button kind="primary" type="submit" pending={pending}>{words.send}</Button></div>
      {became && <Results became={became} />}
    </form>
  );
}

function Results({ became }: { became: Became }) {
  const summary = words.result(became.created, became.changed, became.unchanged, became.refused);
  return (
    <>
      <Note tone={became.refused ? 'soon' : 'done'} icon={became.refused ? 'warning' : 'check'}>{summary}</Note>
      <Table caption={summary} hideCaption rows={became.results} idOf={(row) => String(row.line)}
        columns={[
          { name: words.line, number: true, cell: (row) => row.line },
          { name: words.domain, cell: (row) => row.domain },
          { name: words.outcome, cell: (row) => words.outcomes[row.result] },
          { name: words.why, cell: (row) => row.errors?.map((each) => each.detail).join('; ') },
        ]} />
    </>
  );
}
