import type { Construct } from 'constructs';

import { KEY_SCRIPT_BODY } from '../../model/deliveries/node-script/key-part';
import { nodeScript, SCRIPT_BODY, type ScriptInput, type ScriptPart } from '../../model/deliveries/node-script/writer';
import { sha256 } from '../terraform/checksums';
import { IDS } from '../terraform/ids';
import { shared, sharedBody } from '../terraform/shared-texts';
import { isToken, splitAtTokens } from '../terraform/tokens';
import type { DeliveryRequest, KeyOnNode } from './delivery';

/** The parts of a script, with its secrets and without them. */
interface ScriptSource {
  readonly scope: Construct;
  readonly request: DeliveryRequest;
  readonly input: ScriptInput;
  readonly publicInput: () => ScriptInput;
}

/**
 * One POSIX `sh` script with all files of a node. Run as a file (`sh FILE`) or from standard input (`sh -s`), it puts them in place. Nothing runs
 * before its last line, so that a text that was cut off does nothing.
 */
export class NodeScript {
  /** @internal */
  public static _of(source: ScriptSource): NodeScript {
    return new NodeScript(source);
  }

  /** Id of the node, or of the tools. */
  public readonly nodeId: string;
  /** Id of the shard that the node belongs to. Absent if the cluster has no shards. */
  public readonly shard?: string;
  /** Absolute directory of the files, on the node. */
  public readonly installDirectory: string;
  /** Host parts of node names, by the ids of the nodes: of the node, or of all nodes for the tools and for a shared identity. They may be tokens. */
  public readonly hosts: Readonly<Record<string, string>>;
  /** Command that makes a running node read renewed files at once. Absent if the platform has none that a script can run. */
  public readonly reloadCommand?: string;
  /** The key that stays on the node. Absent if the script contains it. */
  public readonly keyOnNode?: KeyOnNode;
  /** What every script does, as literal text for Terraform: 15 kB or more, the same for all nodes. */
  public readonly body: string;
  /**
   * The id of constructs that contain the body, once in a stack.
   *
   * @internal
   */
  public readonly _bodyId: string;

  private readonly parts: readonly ScriptPart[];

  private constructor(private readonly source: ScriptSource) {
    const { request, input } = source;
    this.nodeId = request.nodeId;
    this.shard = request.shard;
    this.installDirectory = request.installDirectory;
    this.hosts = { ...request.hosts };
    this.reloadCommand = request.reloadCommand;
    this.keyOnNode = request.keyOnNode;
    const hasKeyOnNode = input.key !== undefined;
    this.body = hasKeyOnNode ? KEY_SCRIPT_BODY : SCRIPT_BODY;
    this._bodyId = hasKeyOnNode ? IDS.KEY_SCRIPT_BODY : IDS.SCRIPT_BODY;
    this.parts = nodeScript(input);
  }

  /** The whole script, as a Terraform string. It may contain a private key. */
  public get content(): string {
    return this.head + sharedBody(this.source.scope, this.body, this._bodyId);
  }

  /** The script without its body, as a Terraform string: the files of the node. It may contain a private key. */
  public get head(): string {
    return this.textOf(this.parts);
  }

  /**
   * What plans and states may show of the script, as a Terraform string: the head without private keys. It does nothing if it is run. Put it into the
   * state where the resource of a delivery does not contain the script, so that `erlang-tls check-plan` and `erlang-tls report` know the files.
   */
  public get publicContent(): string {
    return this.textOf(nodeScript(this.source.publicInput()));
  }

  /** An expression that changes whenever the script does, without saying anything about it: 64 hexadecimal digits. */
  public get checksum(): string {
    const parts = this.parts.flatMap(({ text }) => splitAtTokens(text));
    const literal = sha256(JSON.stringify([...parts.filter((part) => !isToken(part)), this.body]));
    return sha256([literal, ...parts.filter(isToken)].join(''));
  }

  /**
   * The head with all texts in it that `head` refers to.
   *
   * @internal
   */
  public get _fullHead(): string {
    return this.parts.map(({ text }) => text).join('');
  }

  private textOf(parts: readonly ScriptPart[]): string {
    const { scope, request } = this.source;
    return parts
      .map(({ text, isCommon }) => (isCommon && request.uniform === true ? shared(scope, 'script', text) : text))
      .join('');
  }
}
