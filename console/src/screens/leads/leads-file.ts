/** Reads a list of leads as a file. */
import { consoleRoot } from '../../api/addresses.ts';
import { Fault, faultOf } from '../../api/faults.ts';
import { token } from '../../session/session.ts';
import { joined, nextOf } from './csv.ts';

/** Reads all leads of a list as one CSV file; throws a `Fault`. `told` hears how many parts have come. */
export async function leadsFile(list: Record<string, string | undefined>, told: (parts: number) => void): Promise<string> {
  const parts: string[] = [];
  const given = Object.entries(list).flatMap(([name, value]) => (value ? [[name, value]] : []));
  let query: string | undefined = `?${new URLSearchParams([...given, ['format', 'csv']])}`;
  while (query) {
    const answer: Response = await fetch(new URL(`../leads${query}`, consoleRoot()), {
      headers: { Accept: 'text/csv', Authorization: `Bearer ${await token()}` }, cache: 'no-store', signal: AbortSignal.timeout(30_000),
    }).catch(() => {
      throw new Fault('offline');
    });
    if (!answer.ok) throw faultOf(answer.status, await answer.json().catch(() => undefined));
    parts.push(await answer.text());
    told(parts.length);
    query = nextOf(answer.headers.get('Link'));
  }
  return joined(parts);
}
