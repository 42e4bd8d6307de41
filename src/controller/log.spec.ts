import type { Fields } from './log';
import { jsonLog } from './log';

const written = (fields?: Fields) => {
  const lines: string[] = [];
  const log = jsonLog(
    (line) => lines.push(line),
    () => new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6)),
  );
  log.info('a', fields);
  log.warn('b', fields);
  log.error('c', fields);
  return lines;
};
const time = '2026-01-02T03:04:05.006Z';

test('a line for each event, with its time and level first', () => {
  expect(written({ kind: 'plans', count: 2, isNew: true })).toEqual([
    `{"time":"${time}","level":"info","event":"a","kind":"plans","count":2,"isNew":true}`,
    `{"time":"${time}","level":"warn","event":"b","kind":"plans","count":2,"isNew":true}`,
    `{"time":"${time}","level":"error","event":"c","kind":"plans","count":2,"isNew":true}`,
  ]);
});

test.each<[string, Fields | undefined, object]>([
  ['nothing more', undefined, {}],
  ['a field without a value', { message: undefined }, {}],
  ['a text of several lines', { message: 'a\n"b"\r\u2028c' }, { message: 'a\n"b"\r\u2028c' }],
])('with %s it is one line of JSON', (_, fields, expected) => {
  const [line = ''] = written(fields);
  expect(line).not.toMatch(/[\n\r]/);
  expect(JSON.parse(line)).toEqual({ time, level: 'info', event: 'a', ...expected });
});

test('the compiler lets no object be a field, so that no Secret comes along with what held one', () => {
  const secret = { metadata: { name: 'vcenter' }, data: { password: 'never written' } };
  // @ts-expect-error It is no text, number or truth value.
  const refused: Fields = { secret };
  expect(written({ secret: secret.metadata.name }).join()).not.toContain(secret.data.password);
  expect(Object.keys(refused)).toEqual(['secret']);
});
