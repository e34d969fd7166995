/** Lists that were imported, one of them beside the others, and the form for the next. */
import { lists as words } from '#texts/lists.ts';
import { type Answer, usePages } from '../../api/index.ts';
import { Button, Empty, FaultNote, focusDetail, Head, List, Loading, Split, Time } from '../../parts/index.ts';
import { fromHere, goWith, place } from '../../shell/place.ts';
import { useCalm } from '../../shell/use-calm.ts';
import { ListPane } from './list-pane.tsx';
import { StateTag } from './state-tag.tsx';
import { UploadForm } from './upload-form.tsx';
import './lists.css';

const NEW = 'new';
const idOf = (row: Answer<'/imports'>['imports'][number]) => row.import_id;

export default function Lists() {
  const pages = usePages('/imports', { query: { limit: '50' } }, (page) => page.imports, idOf);
  const { rows, fresh, show } = useCalm(pages.rows, idOf);
  const selected = place.value.query.get('list') ?? undefined;
  const at = rows.findIndex((row) => row.import_id === selected);
  const select = (id: string | undefined) => goWith({ list: id }, { replace: !!selected && !!id });
  const step = (by: number) => (at >= 0 && rows[at + by] ? () => select(rows[at + by]?.import_id) : undefined);
  const here = fromHere();
  const begun = (id: string) => {
    pages.again();
    here.goWith({ list: id });
  };
  return (
    <Split label={words.detail} onBack={() => select(undefined)} onPrevious={step(-1)} onNext={step(1)} {...(at >= 0 ? { at: at + 1, of: rows.length } : {})}
      list={(
        <>
          <div class="lists-head stack">
            <Head title={words.title} about={words.about} />
            <div class="row"><Button kind={selected ? 'plain' : 'primary'} onClick={() => select(NEW)}>{words.upload}</Button></div>
            <FaultNote fault={pages.fault} again={pages.again} stale={!!pages.rows} pending={pages.loading} />
          </div>
          {!pages.rows && pages.loading && <Loading label={words.loading} lines={6} />}
          {pages.rows && !rows.length && <Empty title={words.empty.title} icon="list">{words.empty.detail}</Empty>}
          <List label={words.list} rows={rows} idOf={idOf} to={(row) => `/lists?list=${row.import_id}`} selected={selected}
            fresh={fresh} onFresh={show} onSelect={select} onOpen={focusDetail} onMore={pages.more} loadingMore={pages.loadingMore} onSight={pages.see}>
            {(row) => (
              <>
                <span class="lists-line"><strong class="grow">{words.named(words.kinds[row.kind], row.source ?? '', row.campaign ?? '')}</strong><StateTag one={row} /></span>
                <span class="muted small"><Time at={row.created_at} /> · {words.by(row.by)}</span>
              </>
            )}
          </List>
        </>
      )}
      detail={selected && (selected === NEW ? <UploadForm onDone={begun} /> : <ListPane key={selected} id={selected} />)}
      empty={rows.length > 0 && <Empty title={words.choose.title} icon="list">{words.choose.detail}</Empty>} />
  );
}
