/** Sends a file to where its import waits for it. */
import { lists as words } from '#texts/lists.ts';
import { Fault } from '../../api/index.ts';

export interface Form {
  url: string;
  fields: Record<string, string>;
}

/** Sends the file, and tells how many of its bytes are there; throws a `Fault` if it did not arrive. */
export function uploaded(form: Form, file: File, tell: (sent: number) => void): Promise<void> {
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
  body.append('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const failed = (kind: 'offline' | 'other') => () => reject(new Fault(kind, request.status, words.form.failed.title, words.form.failed.detail));
    request.upload.onprogress = (event) => tell(Math.min(event.loaded, file.size));
    request.onload = () => (request.status < 300 ? resolve() : failed('other')());
    request.onerror = failed('offline');
    request.open('POST', form.url);
    request.send(body);
  });
}
