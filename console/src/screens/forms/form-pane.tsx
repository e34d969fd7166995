/** One form: its HTML to copy, how it looks, and what Baton does with it. */
import { forms as words } from '#texts/forms.ts';
import type { Answer } from '../../api/index.ts';
import { Button, copyText, Facts, Panel } from '../../parts/index.ts';
import { labelOf, returnPage, snippet } from './snippet.ts';

type Form = NonNullable<Answer<'/agreement'>['terms']>['forms'][number];

export function FormPane({ form, api }: { form: Form; api: string }) {
  const html = snippet(form, api, words.snippet);
  return (
    <article class="forms-one">
      <h1 class="sr forms-title">{words.title}</h1>
      <header class="head"><h2 class="grow">{form.label}</h2></header>
      <Panel title={words.html} level={3} actions={<Button kind="primary" onClick={() => void copyText(html, words)}>{words.copy}</Button>}>
        <p class="muted">{words.htmlAbout}</p>
        <pre class="forms-html" role="group" tabIndex={0} aria-label={words.html}><code>{html}</code></pre>
      </Panel>
      <Panel title={words.preview} level={3}>
        <p class="muted">{words.previewAbout}</p>
        <Preview form={form} />
      </Panel>
      <Panel title={words.facts.title} level={3}><Facts facts={facts(form, api)} /></Panel>
    </article>
  );
}

/** The form as a browser shows it; it is no form here, so that nothing can be sent. */
function Preview({ form }: { form: Form }) {
  const shown = form.fields.filter((each) => each.kind !== 'identifier');
  return (
    <div class="forms-preview" role="group" aria-label={words.preview}>
      {shown.map((each) => {
        const id = `preview-${form.name}-${each.name}`;
        const label = labelOf(each, words.snippet);
        if (each.kind === 'consent') return <label key={id} class="check"><input type="checkbox" disabled /> <span>{label}</span></label>;
        return (
          <div key={id} class="field">
            <label for={id}>{label}{each.needed && ` (${words.snippet.needed})`}</label>
            {each.kind === 'text' ? <textarea id={id} rows={4} disabled /> : <input id={id} disabled />}
          </div>
        );
      })}
      <div><Button disabled>{words.snippet.send}</Button></div>
    </div>
  );
}

function facts(form: Form, api: string): [string, string][] {
  const { facts: said } = words;
  const consents = form.fields.filter((each) => each.kind === 'consent').map((each) => said.consent(each.purpose ?? '', each.text ?? ''));
  const hidden = form.fields.filter((each) => each.kind === 'identifier').map((each) => each.name);
  const robots = [said.robotsHidden(form.honeypot), form.at_least_seconds ? said.robotsSeconds(form.at_least_seconds) : ''];
  return [
    [said.address, `${api}/forms/${form.name}`],
    [said.signal, form.signal],
    [said.then, form.asks_for_a_person ? said.thenAsks : said.thenAdds],
    [said.robots, robots.filter(Boolean).join('; ')],
    [said.returns, returnPage(form) ? form.return_pages.join(', ') : said.noReturn],
    [said.consents, consents.join('; ')],
    [said.hidden, hidden.length ? said.hiddenAbout(hidden.join(', ')) : ''],
  ];
}
