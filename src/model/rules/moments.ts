import type { Side } from '../erlang/options/ssl-option';
import { namesIn } from '../erlang/options/tls-settings';
import { type BootSettings, readBootSettings } from '../observed/files/boot-settings';
import type { MemberChange } from '../observed/terraform/member';
import { type Moment, MOMENTS } from '../terraform/resources';
import { type Clash, clashesAmong, type FactOf } from './pairs';

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
export function spokenNames(option: string, side: Side): FactOf<Speaker, readonly string[]> {
  return ({ boot }) => namesIn(option, boot.settings[side]);
}

/** Facts of speakers that do not go together. */
export function clashes<C, S>(
  speakers: readonly Speaker[],
  clientFactOf: FactOf<Speaker, C>,
  serverFactOf: FactOf<Speaker, S>,
  goTogether: (client: C, server: S) => boolean,
): readonly Clash<Speaker, C, S>[] {
  const parties = { all: speakers, isServer: (one: Speaker) => one.isServer, nodeOf: (one: Speaker) => one.member };
  return clashesAmong(parties, clientFactOf, serverFactOf, goTogether);
}
