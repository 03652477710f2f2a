import type { Side } from '../erlang/ssl-option';
import { type BootSettings, readBootSettings } from '../installed/boot-settings';
import { valueOf } from '../installed/tls-settings';
import type { MemberChange } from '../trust/member';
import { type Moment, MOMENTS } from '../trust/terraform-resources';

/** How the two moments are called in messages. */
export const WORDS: Readonly<Record<Moment, string>> = { before: 'old', after: 'new' };

/** A member with what it read when it was started: while one after the other is restarted, some have the old text and some the new one. */
export interface Speaker {
  readonly member: MemberChange;
  readonly moment: Moment;
  readonly isServer: boolean;
  readonly boot: BootSettings;
}

export function speakersOf(members: readonly MemberChange[]): readonly Speaker[] {
  return members.flatMap((member) =>
    MOMENTS.flatMap((moment) => {
      const { bootFiles, isServer = false } = member[moment] ?? {};
      return bootFiles === undefined ? [] : [{ member, moment, isServer, boot: readBootSettings(bootFiles) }];
    }),
  );
}

/** `a@h1.x.test, old,` */
export function spokenName({ member, moment }: Speaker): string {
  return `${member.name}, ${WORDS[moment]},`;
}

/** The names in a list of one side's options; undefined where it is not given. */
export function namesIn(option: string, side: Side, { boot }: Speaker): readonly string[] | undefined {
  const value = valueOf(option, boot.settings[side]);
  if (value?.kind !== 'list') return undefined;
  return value.elements.flatMap((one) => (one.kind === 'atom' ? [one.name] : one.kind === 'text' ? [one.text] : []));
}

/** What a member that dials, or one that is dialled, has to say about one matter; undefined where that is nothing. */
export type FactOf<T> = (speaker: Speaker) => T | undefined;

/** Two members of which one dials the other. */
export interface Clash<C, S> {
  readonly client: Speaker;
  readonly clientFact: C;
  readonly server: Speaker;
  readonly serverFact: S;
}

/** Facts that do not go together: each two of them once, with the first two members that have them. Nobody dials itself. */
export function clashes<C, S>(
  speakers: readonly Speaker[],
  clientFactOf: FactOf<C>,
  serverFactOf: FactOf<S>,
  goTogether: (client: C, server: S) => boolean,
): readonly Clash<C, S>[] {
  const servers = byFact(
    speakers.filter(({ isServer }) => isServer),
    serverFactOf,
  );
  return byFact(speakers, clientFactOf).flatMap(({ fact: clientFact, speakers: dialling }) =>
    servers.flatMap(({ fact: serverFact, speakers: dialled }) => {
      if (goTogether(clientFact, serverFact)) return [];
      const [pair] = dialling.flatMap((client) => {
        const server = dialled.find(({ member }) => member !== client.member);
        return server === undefined ? [] : [{ client, clientFact, server, serverFact }];
      });
      return pair === undefined ? [] : [pair];
    }),
  );
}

function byFact<T>(
  speakers: readonly Speaker[],
  factOf: FactOf<T>,
): readonly { readonly fact: T; readonly speakers: readonly Speaker[] }[] {
  const groups = new Map<string, { fact: T; speakers: Speaker[] }>();
  for (const speaker of speakers) {
    const fact = factOf(speaker);
    if (fact === undefined) continue;
    const key = JSON.stringify(fact);
    const group = groups.get(key) ?? { fact, speakers: [] };
    group.speakers.push(speaker);
    groups.set(key, group);
  }
  return [...groups.values()];
}
