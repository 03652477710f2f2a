/** A real API server of Kubernetes as the judge of Secrets. */
import { ApiServer, NAMESPACE } from '../support/kubernetes/api-server';
import { requires } from '../support/programs/requires';

const SLOW_MS = 300_000;
const MIB = 1024 * 1024;
const SECRETS = `/api/v1/namespaces/${NAMESPACE}/secrets`;

requires('kubernetes')('a real API server', () => {
  let server: ApiServer;

  beforeAll(async () => {
    server = await ApiServer.start();
  }, SLOW_MS);

  afterAll(() => server?.stop());

  test('takes Secrets of 1 MiB, and refuses larger ones, wrong keys, and changes of what is immutable', async () => {
    const create = async (name: string, data: object, immutable?: boolean): Promise<unknown[]> => {
      const { status, body } = await server.call('terraform', 'POST', SECRETS, { metadata: { name }, data, immutable });
      return [status, body.message];
    };
    const bytes = (count: number): string => Buffer.alloc(count, 'a').toString('base64');
    expect(await create('full', { one: bytes(MIB / 2), other: bytes(MIB / 2) })).toEqual([201, undefined]);
    expect(await create('fuller', { one: bytes(MIB / 2), other: bytes(MIB / 2 + 1) })).toEqual([
      422,
      'Secret "fuller" is invalid: data: Too long: may not be more than 1048576 bytes',
    ]);
    expect(await create('far-fuller', { one: bytes(4 * MIB) })).toEqual([
      413,
      'Request entity too large: limit is 3145728',
    ]);
    expect(await create('keys', { 'node@host': bytes(1) })).toEqual([
      422,
      expect.stringContaining("a valid config key must consist of alphanumeric characters, '-', '_' or '.'"),
    ]);
    expect(await create('immutable', { one: bytes(1) }, true)).toEqual([201, undefined]);
    const change = [{ op: 'add', path: '/data', value: { one: bytes(2) } }];
    const patch = 'application/json-patch+json';
    expect(await server.call('terraform', 'PATCH', `${SECRETS}/immutable`, change, patch)).toMatchObject({
      status: 422,
      body: { message: 'Secret "immutable" is invalid: data: Forbidden: field is immutable when `immutable` is set' },
    });
  });
});
