/** Secret stores that answer as the real ones do, as far as a machine asks them. */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Texts by the names of secrets, and the version that all of them have. */
export interface Stored {
  readonly texts: ReadonlyMap<string, string>;
  version: number;
}

/**
 * The AWS CLI with `--output text`: it prints a text and a line break, and columns with tabs. Values are in files, because arguments of a program
 * can be seen by others.
 */
export function awsCli(directory: string, { texts, version }: Stored): void {
  const bin = join(directory, 'bin');
  mkdirSync(bin, { recursive: true });
  const cases = [...texts].map(([name, text], index) => {
    writeFileSync(join(bin, `value${index}`), text);
    return `  '${name}') cat '${join(bin, `value${index}`)}'; echo ;;`;
  });
  const program = `#!/bin/sh
previous=
for word in "$@"; do
  case $previous in --name | --secret-id) name=$word ;; --query) query=$word ;; esac
  previous=$word
done
case $query in
  *LastModifiedDate*) printf '%s\\t%s\\n' ${version} 2026-01-01T00:00:00.000000+00:00; exit ;;
  VersionId) printf '%s\\n' id-${version}; exit ;;
esac
case $name in
${cases.join('\n')}
  *) echo "An error occurred (ParameterNotFound) when calling the GetParameter operation: $name" >&2; exit 254 ;;
esac
`;
  writeFileSync(join(bin, 'aws'), program, { mode: 0o755 });
}

/** Google's and Azure's metadata servers and stores, and Vault, at one address. */
export class StoreServer {
  static async start(stored: Stored): Promise<StoreServer> {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      const answer = answerTo(stored, pathname, searchParams, request.headers as Record<string, string>);
      response.writeHead(answer === undefined ? 404 : typeof answer === 'number' ? answer : 200);
      response.end(typeof answer === 'object' ? JSON.stringify(answer) : '');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new StoreServer(server);
  }

  private constructor(private readonly server: Server) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export const MACHINE_TOKEN = 'token-of-the-machine';

function answerTo(
  { texts, version }: Stored,
  path: string,
  query: URLSearchParams,
  headers: Readonly<Record<string, string>>,
): object | number | undefined {
  if (path.includes('/service-accounts/'))
    return headers['metadata-flavor'] === 'Google' ? { access_token: MACHINE_TOKEN } : 403;
  if (path.endsWith('/oauth2/token')) {
    const isRight = headers.metadata === 'true' && query.get('resource') === 'https://vault.azure.net';
    return isRight ? { access_token: MACHINE_TOKEN } : 400;
  }
  if (headers.authorization !== `Bearer ${MACHINE_TOKEN}` && headers['x-vault-token'] !== MACHINE_TOKEN) return 403;
  const [, google] = /^\/v1\/projects\/p\/secrets\/([\w-]+)\/versions\/latest:access$/.exec(path) ?? [];
  const [, azure] = /^\/secrets\/([\w-]+)$/.exec(path) ?? [];
  const [, kind, vault] = /^\/v1\/secret\/(data|metadata)\/(.+)$/.exec(path) ?? [];
  const text = texts.get(google ?? azure ?? vault ?? '');
  if (text === undefined) return undefined;
  if (google !== undefined) {
    return {
      name: `projects/1/secrets/${google}/versions/${version}`,
      payload: { data: Buffer.from(text).toString('base64') },
    };
  }
  if (azure !== undefined) return { id: `https://v/secrets/${azure}/${version}`, value: text };
  if (kind === 'metadata') return { data: { current_version: version, updated_time: '2026-01-01T00:00:00Z' } };
  return { data: { data: JSON.parse(text) as object, metadata: { version } } };
}
