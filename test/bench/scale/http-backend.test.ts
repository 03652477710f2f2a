import { request } from 'node:http';

import { HttpBackend } from '../../../bench/scale/http-backend';

let backend: HttpBackend;
beforeEach(async () => {
  backend = await HttpBackend.start();
});
afterEach(() => backend.stop());

function send(method: string, body = ''): Promise<{ status?: number; text: string }> {
  const { address } = (backend.configuration as { http: { address: string } }).http;
  return new Promise((resolve, reject) => {
    const sent = request(address, { method }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.once('error', reject).end(body);
  });
}

test('has no state before the first one, and then the last one', async () => {
  expect(await send('GET')).toEqual({ status: 204, text: '' });
  expect(await send('POST', '{"serial":1}')).toMatchObject({ status: 200 });
  await send('POST', '{"serial":2}');
  expect(await send('GET')).toEqual({ status: 200, text: '{"serial":2}' });
  expect(backend.state.toString()).toBe('{"serial":2}');
});

test('gives its lock to one holder, and names it to the others', async () => {
  expect(await send('LOCK', '{"ID":"1"}')).toMatchObject({ status: 200 });
  expect(await send('LOCK', '{"ID":"2"}')).toEqual({ status: 423, text: '{"ID":"1"}' });
  expect(await send('UNLOCK', '{"ID":"1"}')).toMatchObject({ status: 200 });
  expect(await send('LOCK', '{"ID":"2"}')).toMatchObject({ status: 200 });
});

test('knows no other method', async () => {
  expect(await send('PATCH')).toMatchObject({ status: 405 });
});
