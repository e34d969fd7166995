/** Writes the forms of a file as the console does, for a test that reads them as the API does: `node written-rules.ts FILE`. */
import { readFileSync } from 'node:fs';
import { yamlLanguage } from '@codemirror/lang-yaml';
import { added, afterwards } from '../src/screens/agreement/new-rule/added.ts';
import { NOTHING_ASKED } from '../src/screens/agreement/new-rule/condition.ts';
import { FACTS, NO_DEED, NO_TRAIT, ruleOfDeed, ruleOfTrait } from '../src/screens/agreement/new-rule/rule.ts';
import { inFlow } from '../src/screens/agreement/new-rule/yaml.ts';

const OWN = { 'attributes.plan': 'text', 'attributes.seats': 'number' } as const;
const kindOf = (fact: string) => ({ ...FACTS, ...OWN }[fact] ?? 'text');
const { texts = [], forms = [] } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));

function written({ section, ...typed }: { section: 'fit' | 'engagement'; asked?: object[] }): string {
  const asked = (typed.asked ?? []).map((each) => ({ ...NOTHING_ASKED, ...each }));
  const rule = section === 'fit' ? ruleOfTrait({ ...NO_TRAIT, ...typed, asked }, kindOf, 'new') : ruleOfDeed({ ...NO_DEED, ...typed, asked }, kindOf, 'new');
  const text = 'title: T\nthreshold: 60\n';
  return afterwards(text, added(yamlLanguage.parser.parse(text), text, section, rule) ?? []);
}

console.log(JSON.stringify({ texts: texts.map((each: string) => `{text: ${inFlow(each)}, list: ${inFlow([each])}}`), forms: forms.map(written) }));
