/** The agreement between marketing and sales: what is in force, drafts, proposals of points, and all versions. */
import { agreement as words } from '#texts/agreement.ts';
import { href, place } from '../../shell/place.ts';
import './agreement.css';
import { InForce } from './in-force/index.tsx';
import { lazily } from './lazily.tsx';

const NewDraft = lazily<{ of: string | null }>(() => import('./draft/index.tsx').then((module) => module.NewDraft));
const StoredDraft = lazily<{ id: string }>(() => import('./draft/index.tsx').then((module) => module.StoredDraft));
const NewProposal = lazily<object>(() => import('./proposal/index.tsx').then((module) => module.NewProposal));
const StoredProposal = lazily<{ id: string }>(() => import('./proposal/index.tsx').then((module) => module.StoredProposal));
const Versions = lazily<object>(() => import('./versions/index.tsx').then((module) => module.Versions));
const OneVersion = lazily<{ number: string }>(() => import('./versions/index.tsx').then((module) => module.OneVersion));

export default function Agreement() {
  const { query } = place.value;
  const [draft, proposal, version] = [query.get('draft'), query.get('proposal'), query.get('version')];
  const isVersions = query.get('see') === 'versions';
  const here = draft ? 'draft' : proposal ? 'proposal' : isVersions || version ? 'versions' : 'inForce';
  return (
    <div class={`page agreement ${draft || version ? 'wide' : ''}`}>
      <nav class="agreement-views" aria-label={words.views.label}>
        {VIEWS.map(({ name, to }) => <a key={name} href={href(to)} aria-current={name === here ? 'page' : undefined}>{words.views[name]}</a>)}
        {draft && <a href={href(`/agreement?${query}`)} aria-current="page">{words.views.draft}</a>}
      </nav>
      {draft === 'new' ? <NewDraft of={query.get('of')} />
        : draft ? <StoredDraft key={draft} id={draft} />
          : proposal === 'new' ? <NewProposal />
            : proposal ? <StoredProposal key={proposal} id={proposal} />
              : version ? <OneVersion key={version} number={version} />
                : isVersions ? <Versions /> : <InForce />}
    </div>
  );
}

const VIEWS = [
  { name: 'inForce', to: '/agreement' },
  { name: 'versions', to: '/agreement?see=versions' },
  { name: 'proposal', to: '/agreement?proposal=new' },
] as const;
