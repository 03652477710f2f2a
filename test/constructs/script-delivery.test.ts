import {
  type DeliveryResult,
  type NodeScript,
  OtpRelease,
  Platform,
  ScriptDelivery,
  TlsCluster,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { TerraformData } from '../../src/constructs/terraform/terraform-data';
import { readNodeScript } from '../../src/model/deliveries/node-script/reader';
import { Template } from '../support/stacks/template';

/** A delivery of a user's own. */
class OwnDelivery extends ScriptDelivery {
  protected deliverScript(scope: Construct, script: NodeScript): DeliveryResult {
    const store = new TerraformData(scope, 'Store', {
      triggersReplace: script.checksum,
      input: { shown: script.publicContent, head: script.head, body: script.body, whole: script.content },
    });
    return { outputs: [], resources: [store] };
  }
}

interface Store {
  readonly checksum: string;
  readonly shown: string;
  readonly head: string;
  readonly body: string;
  readonly whole: string;
}

const [DB1, DB2] = ['couchdb@db1.x.test', 'couchdb@db2.x.test'];

/** What the delivery was given for the first node. */
function stored(props: Partial<TlsClusterProps> = {}): Store {
  const template = Template.of(
    (stack) =>
      new TlsCluster(stack, 'c', {
        platform: Platform.couchDb(),
        otp: OtpRelease.OTP_27,
        nodes: [{ name: DB1 }, { name: DB2 }],
        installDirectory: '/etc/couchdb/tls',
        delivery: new OwnDelivery({ owner: 'couchdb' }),
        ...props,
      }),
  );
  const stores = Object.entries(template.resources('terraform_data'));
  const [, store] = stores.find(([name]) => /db1.*Store/.test(name)) ?? [];
  const { triggers_replace: checksum, input } = store as { triggers_replace: string; input: Omit<Store, 'checksum'> };
  const texts = Object.entries(input).map(([name, text]) => [name, template.withSharedTexts(text)]);
  return { ...(Object.fromEntries(texts) as typeof input), checksum };
}

test('a script is its head and its body', () => {
  const { head, body, whole } = stored();
  expect(readNodeScript(whole)).toMatchObject({ subject: DB1, installDirectory: '/etc/couchdb/tls' });
  expect(whole).toBe(head + body);
  expect(body.endsWith('{ main "$@"; }\n')).toBe(true);
});

test.each([{ separateKeyFile: false }, { separateKeyFile: true }])(
  'what is shown of a script has every file and no key: %j',
  (props) => {
    const { whole, shown } = stored(props);
    expect(whole).toContain('private_key');
    expect(shown).not.toMatch(/private_key(?!_algorithm)/);
    const files = readNodeScript(shown)?.files ?? [];
    expect(files.map(({ name, mode }) => [name, mode])).toEqual(
      readNodeScript(whole)?.files.map(({ name, mode }) => [name, mode]),
    );
    expect(files.filter(({ lacksKey }) => lacksKey).map(({ name }) => name)).toEqual([
      props.separateKeyFile ? 'key.pem' : 'node.pem',
    ]);
    expect(files.some(({ content }) => content.includes('.cert_pem}'))).toBe(true);
    expect(shown).not.toContain('main "$@"');
  },
);

test('its checksum follows the key, the certificate and every text, and depends on nothing else', () => {
  const { checksum } = stored();
  expect(checksum).toMatch(/^\$\{sha256\(.*private_key_pem.*cert_pem.*\)\}$/);
  expect(stored().checksum).toBe(checksum);
  expect(stored({ nodes: [{ name: DB2 }, { name: DB1 }] }).checksum).toBe(checksum);
  expect(stored({ flags: [{ name: 'kernel', values: ['x', '1'] }] }).checksum).not.toBe(checksum);
  expect(stored({ delivery: new OwnDelivery() }).checksum).not.toBe(checksum);
});
