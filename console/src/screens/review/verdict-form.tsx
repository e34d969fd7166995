/** The four verdicts; a date or a reason only with the one that needs it. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { review as words } from '#texts/review.ts';
import { Button, Field } from '../../parts/index.ts';
import { type Judgement, type Verdict, VERDICTS } from './judging.ts';

interface VerdictFormProps {
  judged: Judgement;
  onChange: (some: Partial<Judgement>) => void;
  /** The day until which bad timing parks by itself; without one, the date may stay empty. */
  usualDay?: string | undefined;
  label: string;
  hint?: ComponentChildren;
  faultOf: (field: string) => string | undefined;
  pending: boolean;
  /** Something else has to be answered first: the focus stays there. */
  blocked?: boolean;
  onGive: () => void;
  children?: ComponentChildren;
}

export function VerdictForm({ judged, onChange, usualDay, label, hint, faultOf, pending, blocked, onGive, children }: VerdictFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { verdict, day, reason } = judged;
  useLayoutEffect(() => {
    if (blocked) return;
    const field = form.current?.querySelector<HTMLElement>('.field input');
    (field ?? form.current?.querySelector<HTMLElement>('.review-give'))?.focus();
  }, [verdict, blocked]);
  const choose = (each: Verdict | '') => {
    if (pending) return; // the one that is being sent stands
    onChange({ verdict: each, ...(each === 'bad_timing' && !day && usualDay ? { day: usualDay } : {}) });
  };
  return (
    <form ref={form} class="review-verdict" aria-label={words.verdict.title}
      onSubmit={(event) => { event.preventDefault(); if (!pending) onGive(); }}
      onKeyDown={(event) => { if (event.key === 'Escape' && verdict) choose(''); }}>
      <div class="review-verdicts" role="group" aria-label={words.verdict.title}>
        {VERDICTS.map((each, index) => (
          <Button key={each} pressed={verdict === each} keyName={String(index + 1)} onClick={() => choose(each)}>{words.verdict.names[each]}</Button>
        ))}
      </div>
      {verdict && (
        <div class="review-giving" key={verdict}>
          <p class="muted small">{hint ?? words.verdict.hints[verdict]}</p>
          {verdict === 'bad_timing' && (
            <Field label={words.verdict.day} type="date" value={day} fault={faultOf('review_on')} onInput={(typed) => onChange({ day: typed })} />
          )}
          {(verdict === 'bad_timing' || verdict === 'bad_fit') && (
            <Field label={verdict === 'bad_fit' ? words.verdict.reason : words.verdict.reasonOptional} value={reason} maxLength={500}
              fault={faultOf('reason')} onInput={(typed) => onChange({ reason: typed })} />
          )}
          {children}
          <div class="row">
            <Button kind="primary" type="submit" class="review-give" pending={pending} disabled={!!blocked}>{label}</Button>
            <Button kind="quiet" onClick={() => choose('')}>{words.verdict.cancel}</Button>
          </div>
        </div>
      )}
    </form>
  );
}
