/** A distributed node under test. */
import { X509Certificate } from 'node:crypto';

import { atom } from './text';
import { type ErlangVm, type EvalOptions, type VmExit } from './vm';

/** What the virtual machine says about its connection to another node. */
export type Connection =
  | { readonly kind: 'none' }
  | { readonly kind: 'tcp' }
  | {
      readonly kind: 'tls';
      /** As Erlang names it: `tlsv1.3`. */
      readonly version: string;
      /** The suite's name in the TLS registry: `TLS_AES_256_GCM_SHA384`. */
      readonly cipher: string;
      readonly peerCertificate: X509Certificate | undefined;
    };

/** Flags of a node that dials in vain: an answer that never comes, as of TLS from plain TCP, is waited for 7 s by default. */
export const IMPATIENT = ['-kernel', 'net_setuptime', '2'];

/** A running node. Made by `ErlangCluster.startNode`. */
export class ErlangNode {
  constructor(
    readonly name: string,
    /** The loopback address that stands for its host. */
    readonly address: string,
    readonly vm: ErlangVm,
  ) {}

  /** The value of an expression, as Erlang writes it. */
  async eval(expression: string, options?: EvalOptions): Promise<string> {
    return this.vm.eval(expression, options);
  }

  /** The value of an expression that is text. */
  async evalText(expression: string, options?: EvalOptions): Promise<string> {
    return this.vm.evalText(expression, options);
  }

  /** `net_adm:ping/1`: dials where there is no connection yet. */
  async ping(other: ErlangNode | string, options?: EvalOptions): Promise<'pong' | 'pang'> {
    return (await this.eval(`net_adm:ping(${atom(nameOf(other))})`, options)) as 'pong' | 'pang';
  }

  /** How this node is connected to another one now. Dials nothing. */
  async connectionInfo(other: ErlangNode | string): Promise<Connection> {
    return parseConnection(await this.evalText(`harness_tls:connection(${atom(nameOf(other))})`));
  }

  /** Drops the connection to another node, and waits until both sides know. */
  async disconnect(other: ErlangNode): Promise<void> {
    await this.eval(`erlang:disconnect_node(${atom(other.name)})`);
    await Promise.all([this.waitUntilApart(other), other.waitUntilApart(this)]);
  }

  /** Dials another node anew, so that the handshake has this node as its client. `none` where that was refused. */
  async dial(other: ErlangNode, options?: EvalOptions): Promise<Connection> {
    await this.disconnect(other);
    return (await this.ping(other, options)) === 'pong' ? this.connectionInfo(other) : { kind: 'none' };
  }

  /** Everything that it printed so far. */
  log(): string {
    return this.vm.log();
  }

  /** Ends it at once and waits until it is gone. */
  async stop(): Promise<VmExit> {
    return this.vm.stop();
  }

  private async waitUntilApart(other: ErlangNode): Promise<void> {
    // In Erlang, so that the wait costs one message and not one a poll. Whatever a node still had to send to the other one dials it anew, so
    // it is dropped until it stays away.
    await this.eval(`
      Wait = fun Again() ->
        case lists:keymember(${atom(other.name)}, 1, erlang:system_info(dist_ctrl)) of
          true -> erlang:disconnect_node(${atom(other.name)}), receive after 5 -> Again() end;
          false -> ok
        end
      end,
      Wait()`);
  }
}

function nameOf(node: ErlangNode | string): string {
  return typeof node === 'string' ? node : node.name;
}

function parseConnection(answer: string): Connection {
  const [kind, version = '', cipher = '', certificate = ''] = answer.split(' ');
  if (kind === 'none' || kind === 'tcp') return { kind };
  const peerCertificate = certificate === '-' ? undefined : new X509Certificate(Buffer.from(certificate, 'base64'));
  return { kind: 'tls', version, cipher, peerCertificate };
}
