/** All screens. A new one is one line here, a folder in `screens`, and its words in `texts/en`. */
import type { ComponentType } from 'preact';
import type { IconName } from '../parts/icon.tsx';
import type { screens as names } from '#texts/shell.ts';

export interface ScreenProps {
  /** What stands for `:id` and the like in the path. */
  params: Record<string, string>;
}

export interface Screen {
  path: string;
  /** Its name's key in `texts/en/shell.ts`. */
  name: keyof typeof names;
  icon: IconName;
  /** For whom it comes first; the others find it, too. The API decides what they see in it. */
  groups: readonly ('sales' | 'marketing' | 'admin')[];
  /** Not in the navigation, such as one lead. */
  hidden?: boolean;
  load: () => Promise<{ default: ComponentType<ScreenProps> }>;
}

/** In the order of the navigation; the first of the reader's group is their first page. */
export const screens: readonly Screen[] = [
  { path: '/inbox', name: 'inbox', icon: 'inbox', groups: ['sales'], load: () => import('../screens/inbox/index.tsx') },
  { path: '/review', name: 'review', icon: 'check', groups: ['marketing'], load: () => import('../screens/review/index.tsx') },
  { path: '/leads', name: 'leads', icon: 'person', groups: ['marketing', 'sales', 'admin'], load: () => import('../screens/leads/index.tsx') },
  { path: '/leads/:id', name: 'lead', icon: 'person', groups: [], hidden: true, load: () => import('../screens/lead/index.tsx') },
  { path: '/board', name: 'board', icon: 'board', groups: ['sales', 'admin'], load: () => import('../screens/board/index.tsx') },
  { path: '/agreement', name: 'agreement', icon: 'document', groups: ['marketing', 'sales', 'admin'], load: () => import('../screens/agreement/index.tsx') },
  { path: '/meeting', name: 'meeting', icon: 'chart', groups: ['marketing', 'sales', 'admin'], load: () => import('../screens/meeting/index.tsx') },
  { path: '/accounts', name: 'accounts', icon: 'building', groups: ['marketing', 'admin'], load: () => import('../screens/accounts/index.tsx') },
  { path: '/roster', name: 'roster', icon: 'people', groups: ['sales', 'admin'], load: () => import('../screens/roster/index.tsx') },
  { path: '/forms', name: 'forms', icon: 'form', groups: ['marketing'], load: () => import('../screens/forms/index.tsx') },
  { path: '/lists', name: 'lists', icon: 'list', groups: ['marketing'], load: () => import('../screens/lists/index.tsx') },
  { path: '/tools', name: 'tools', icon: 'plug', groups: ['admin'], load: () => import('../screens/tools/index.tsx') },
  { path: '/operations', name: 'operations', icon: 'pulse', groups: ['admin'], load: () => import('../screens/operations/index.tsx') },
  { path: '/set-up', name: 'setUp', icon: 'flag', groups: ['admin'], load: () => import('../screens/set-up/index.tsx') },
  { path: '/parts', name: 'parts', icon: 'shapes', groups: [], hidden: true, load: () => import('../screens/parts/index.tsx') },
];

/** Returns the path of the first page of somebody in these groups. */
export function home(groups: readonly string[]): string {
  const shown = screens.filter((each) => !each.hidden);
  const own = shown.find((each) => each.groups.some((group) => groups.includes(group)));
  return (own ?? shown[0] ?? screens[0])?.path ?? '/';
}
