/** The tools beside what one of them sent that was not understood. */
import { tools as words } from '#texts/tools.ts';
import { type Answer, useRead } from '../../api/index.ts';
import { Empty, FaultNote, Head, List, Loading, Split, Tag, Time, focusDetail } from '../../parts/index.ts';
import { goWith, place } from '../../shell/place.ts';
import { Tool } from './tool.tsx';
import './tools.css';

export type KnownTool = Answer<'/tools'>['tools'][number];

export default function Tools() {
  const { data, fault, loading, again } = useRead('/tools', {});
  const tools = data?.tools ?? [];
  const source = place.value.query.get('tool') ?? undefined;
  const at = tools.findIndex((each) => each.source === source);
  const choose = (id: string | undefined) => goWith({ tool: id, after: undefined });
  const step = (index: number) => (tools[index] ? () => choose(tools[index]?.source) : undefined);
  if (!data) return <div class="page"><FaultNote fault={fault} again={again} pending={loading} />{loading && <Loading label={words.title} lines={6} />}</div>;
  return (
    <Split label={tools[at]?.label ?? words.list} onBack={() => choose(undefined)} onPrevious={step(at - 1)} onNext={at < 0 ? undefined : step(at + 1)}
      {...(at < 0 ? {} : { at: at + 1, of: tools.length })}
      list={
        <>
          <div class="tools-head"><Head title={words.title} about={words.about} /></div>
          <FaultNote fault={fault} again={again} stale pending={loading} />
          <List label={words.list} rows={tools} idOf={(row) => row.source} to={(row) => `/tools?tool=${row.source}`} selected={source}
            onSelect={choose} onOpen={focusDetail}>
            {(row) => (
              <span class="row">
                <span class="grow">{row.label}</span>
                {!!row.not_understood.count && <Tag tone="soon">{words.notUnderstood(row.not_understood.count, row.not_understood.more)}</Tag>}
                <span class="small muted">{row.last_heard_at ? <>{words.heard} <Time at={row.last_heard_at} as="ago" /></> : words.never}</span>
              </span>
            )}
          </List>
        </>
      }
      detail={source === undefined ? undefined : tools[at] ? <Tool key={source} tool={tools[at]} /> : <p>{words.absent}</p>}
      empty={<Empty icon="plug" title={words.choose.title}>{words.choose.detail}</Empty>} />
  );
}
