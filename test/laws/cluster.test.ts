import { isIPv4, isIPv6 } from 'node:net';

import { Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterNodeProps } from 'cdktf-erlang-tls';
import fc from 'fast-check';

import { parseNodeName } from '../../src/model/cluster/node-name';
import { InvalidInput, printable } from '../../src/model/findings/finding';
import { readIpAddress } from '../../src/model/network/ip-address';
import { Template } from '../support/stacks/template';

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}@[a-z]{1,5}\.example\.com$/), {
  minLength: 1,
  maxLength: 5,
});

const platforms = fc.constantFrom(Platform.couchDb(), Platform.mongooseIm());

test('the order of nodes has no effect', () => {
  fc.assert(
    fc.property(names, platforms, (given, platform) => {
      expect(JSON.parse(synth(platform, [...given].reverse()).text)).toEqual(JSON.parse(synth(platform, given).text));
    }),
    { numRuns: 15 },
  );
});

test('adding a node changes no address and no byte of the others', () => {
  fc.assert(
    fc.property(names, platforms, (given, platform) => {
      const before = synth(platform, given);
      const after = synth(platform, ['new@other.example.com', ...given]);
      expect(after.addresses()).toEqual(expect.arrayContaining([...before.addresses()]));
      // The witnesses of a rollover wait for every node, and so name them all.
      for (const type of Object.keys(before.counts()).filter((one) => one !== 'terraform_data')) {
        expect(after.resources(type)).toMatchObject(before.resources(type));
      }
    }),
    { numRuns: 15 },
  );
});

test('a node name is either refused or used as typed', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.stringMatching(/^[\w.@:*-]{0,40}$/),
    fc
      .tuple(fc.stringMatching(/^[\w-]{1,8}$/), fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()))
      .map(([name, host]) => `${name}@${host}`),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const parsed = orFinding(() => parseNodeName(text));
      if (parsed instanceof InvalidInput) expect(parsed.message).toContain(printable(JSON.stringify(text)));
      else expect(`${parsed.name}@${parsed.host.text}`).toBe(text);
    }),
  );
});

test('the library and Node.js recognize the same texts as IP addresses', () => {
  const almost = fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[0-9a-f:.]{0,20}$/), fc.ipV4Extended());
  fc.assert(
    fc.property(almost, (text) => {
      const expected = isIPv4(text) ? 4 : isIPv6(text) ? 6 : undefined;
      expect(readIpAddress(text)?.version).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

function synth(platform: Platform, given: readonly string[]): Template {
  return Template.of((stack) => {
    const nodes: TlsClusterNodeProps[] = given.map((name) => ({ name }));
    new TlsCluster(stack, 'cluster', {
      platform,
      nodes,
      otp: OtpRelease.OTP_27,
      installDirectory: '/etc/tls',
      delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }),
    });
  });
}

function orFinding<T>(body: () => T): T | InvalidInput {
  try {
    return body();
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}
