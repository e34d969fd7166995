export * from './links.ts';
export * from './moments.ts';
export * from './names.ts';
export * from './rule-words.ts';
export * from './sentences.ts';
export * from './spans.ts';
