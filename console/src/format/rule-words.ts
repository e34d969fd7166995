/** Tells the API's words for a rule as people speak: patterns as the words that they look for, times spelt out. */
import { sentences as words } from '#texts/sentences.ts';

/** Of a class such as `[ces]?` no more than so many ways are told; what is longer stays a pattern. */
const MOST = 12;
/** A word with more classes and endings than these stays a pattern, too. */
const CHOICES = 4;

/** Returns a rule in words without codes: `title like /\b(cto|[es]vp)\b/` is `title with cto, evp or svp`. */
export function ruleWords(rule: string): string {
  return rule
    .replaceAll(/like \/(.+?)\/(?=,|\)| \(| and |$)/g, (found, pattern: string) => {
      const told = wordsOf(pattern);
      return told ? words.withOneOf(told) : found;
    })
    .replaceAll(/\bkind (?=one of |[a-z])/g, '')
    .replaceAll(/([a-z])_(?=[a-z])/g, '$1 ')
    .replaceAll(/(?<![\w.-])(\d+)([smhdw])(?![\w-]|\.\w)/g, (_, count: string, unit: 's' | 'm' | 'h' | 'd' | 'w') => words.spelt(Number(count), unit));
}

/** Returns the words that a pattern looks for, if it is a plain choice of words; undefined of any other. */
function wordsOf(pattern: string): string[] | undefined {
  const choice = /^(?:\\b)?\(?([\p{L}\p{N}_ \-[\]()?|]+?)\)?(?:\\b)?$/u.exec(pattern)?.[1];
  const told = choice?.split('|').flatMap((each) => ways(each) ?? ['[']);
  return told && told.length <= MOST && !told.some((each) => /[[\]()?]/.test(each)) ? told : undefined;
}

/** Returns the ways to write a word with classes such as `[es]?vp`, vp, evp, svp, or endings such as `leiter(in)?`. */
function ways(word: string): string[] | undefined {
  if (word.split(/[[(]/).length > CHOICES + 1) return undefined;
  const [, stem, ending, end] = /^([^([]*)\(([^()]+)\)\?(.*)$/.exec(word) ?? [];
  if (stem !== undefined && ending !== undefined && end !== undefined) {
    const both = [ways(stem + end), ways(stem + ending + end)];
    return both.every((each) => each !== undefined) ? both.flat() : undefined;
  }
  const [, before, choice, isOptional, after] = /^([^[]*)\[([\p{L}\p{N} -]+)\](\??)(.*)$/u.exec(word) ?? [];
  if (before === undefined || choice === undefined || after === undefined) return /\?/.test(word) ? undefined : [word];
  if (/[ -]/.test(choice) && /^[ -]{2}$/.test(choice)) return ways(`${before} ${after}`);
  if (choice.includes('-')) return undefined;
  const rest = [...(isOptional ? [''] : []), ...choice].map((letter) => ways(before + letter + after));
  return rest.every((each) => each !== undefined) ? rest.flat() : undefined;
}
