import { checkCall } from '../../model/api/check-call';
import { refuse } from '../../model/findings/finding';
import { REQUEST_GIVEN_TWICE } from '../../model/rules/certificates/keys-on-nodes';
import { concrete } from '../terraform/tokens';
import { requestIn } from './request-directory';

/** Options of `NodeKey.onNode`. */
export interface OnNodeOptions {
  /**
   * The request of the node, as `sh NODE.sh --request` prints it. It is public. It may be a token; then Terraform and `erlang-tls check-plan`
   * judge it as far as they can.
   *
   * @default - the request is in `requestDirectory`, or missing
   */
  readonly requestPem?: string;
  /**
   * Directory with the requests of several nodes, each in a file with the node's id and `.csr` as its name: `couchdb@db1.example.com.csr`. The
   * request of the tools is `tools.csr`. A relative path starts at the directory of the project, with `cdktf.json`. A node without a file waits.
   *
   * @default - none
   */
  readonly requestDirectory?: string;
}

/** Where the private key of a node, or of the tools, is made, and where it stays. */
export class NodeKey {
  /** Terraform makes the key. It is in the Terraform state, and in the files that are delivered. The default. */
  public static inTerraform(): NodeKey {
    return new NodeKey(false, {});
  }

  /**
   * The node makes the key, and the key never leaves it. Terraform gets a certificate request, which is public, and delivers the certificate; the
   * install script puts the two together (`docs/keys-on-nodes.md`).
   *
   * Without a request, a node waits: it is declared, and gets the trust bundle alone.
   *
   * Refused: text that is no request for exactly this node (`request-illegal`, `request-signature-wrong`, `request-names-unexpected`,
   * `request-key-unexpected`, `request-uses-unexpected`), a private key (`request-holds-key`), and both properties at once
   * (`request-given-twice`).
   */
  public static onNode(options: OnNodeOptions = {}): NodeKey {
    checkCall('NodeKey.onNode', options);
    if (options.requestPem !== undefined && options.requestDirectory !== undefined) {
      refuse(REQUEST_GIVEN_TWICE, { subject: 'NodeKey.onNode' });
    }
    return new NodeKey(true, options);
  }

  /** Whether the key is made on the node. */
  public readonly isOnNode: boolean;

  private readonly options: OnNodeOptions;

  private constructor(isOnNode: boolean, options: OnNodeOptions) {
    this.isOnNode = isOnNode;
    this.options = options;
  }

  /**
   * The request of the node or tools with that id. Absent if it is missing.
   *
   * @internal
   */
  public _requestOf(id: string): string | undefined {
    const { requestPem, requestDirectory } = this.options;
    if (requestDirectory === undefined) return requestPem;
    return requestIn(concrete('requestDirectory', requestDirectory), id);
  }
}
