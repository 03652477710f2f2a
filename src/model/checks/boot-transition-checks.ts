import { atomsOf, tryReadOptionFile } from '../erlang/option-file-reader';
import { type Finding, finding } from '../errors';
import type { Member, MemberChange } from '../trust/member';
import type { Moment } from '../trust/terraform-resources';

/** How the two moments are called in messages. */
export const WORDS: Readonly<Record<Moment, string>> = { before: 'old', after: 'new' };

/** What nodes read at boot: while one after the other is restarted, some have the old text and some the new one. */
export function bootTransitionFindings(members: readonly MemberChange[]): readonly Finding[] {
  return [...versionFindings(members), ...members.flatMap(protocolFindings)];
}

/** Where an option file names versions, old and new must have one in common. */
function versionFindings(members: readonly MemberChange[]): readonly Finding[] {
  const dialling = spoken(members, 'client');
  const listening = spoken(members, 'server');
  return dialling.flatMap((client) =>
    listening
      .filter(({ versions }) => !versions.some((version) => client.versions.includes(version)))
      .map((server) =>
        finding('plan-changes-versions', {
          subject: `${client.name}, ${WORDS[client.moment]}, with ${client.versions.join(', ')},`,
          detail: `${server.name}, ${WORDS[server.moment]}, listens with ${server.versions.join(', ')}`,
        }),
      ),
  );
}

interface Spoken {
  readonly name: string;
  readonly moment: Moment;
  readonly versions: readonly string[];
}

/** Each set of versions once, with the first who speaks it. */
function spoken(members: readonly MemberChange[], side: 'server' | 'client'): readonly Spoken[] {
  const found = new Map<string, Spoken>();
  for (const { name, ...member } of members) {
    for (const moment of ['before', 'after'] as const) {
      const versions = versionsOf(member[moment], side);
      const key = versions?.join() ?? '';
      if (versions !== undefined && !found.has(key)) found.set(key, { name, moment, versions });
    }
  }
  return [...found.values()];
}

function versionsOf(member: Member | undefined, side: 'server' | 'client'): readonly string[] | undefined {
  return [...(member?.bootFiles?.values() ?? [])]
    .map((text) => atomsOf('versions', tryReadOptionFile(text)?.[side]))
    .find((versions) => versions !== undefined);
}

/** `-proto_dist` in whatever carries the flags. A node speaks one protocol, whoever dials. */
function protocolFindings({ name, before, after }: MemberChange): readonly Finding[] {
  const [old, next] = [protocolOf(before), protocolOf(after)];
  if (before === undefined || old === next) return [];
  return [
    finding('plan-changes-protocol', {
      subject: `-proto_dist of ${name}`,
      got: next ?? 'none',
      detail: `it was ${old ?? 'none'}`,
    }),
  ];
}

function protocolOf(member: Member | undefined): string | undefined {
  return [...(member?.bootFiles?.values() ?? [])]
    .map((text) => /-proto_dist[\s"']+(\w+)/.exec(text)?.[1])
    .find((protocol) => protocol !== undefined);
}
