import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import type { ScriptKey } from '../../model/deliveries/node-script/key-part';
import { FILE_NOT_FOR_SCRIPT, type ScriptFile, type ScriptInput } from '../../model/deliveries/node-script/writer';
import { CLEAR_PEM_CACHE } from '../../model/erlang/programs/pem-cache';
import { fileSet, SECRET_MODE } from '../../model/files/file-set';
import type { NodeFile } from '../../model/files/node-file';
import { refuse } from '../../model/findings/finding';
import { sha256 } from '../terraform/checksums';
import { within } from '../terraform/report';
import { concrete, isToken } from '../terraform/tokens';
import type { DeliveryRequest, DeliveryResult, IDelivery, KeyOnNode } from './delivery';
import { NodeScript } from './node-script';
import { checkedId, nameWithin } from './output';

/** Properties that all deliveries of a script have. */
export interface ScriptDeliveryProps {
  /**
   * Owner of the files on the nodes, which is the user that runs the node: `"couchdb"` or `"couchdb:couchdb"`. The script's option
   * `--owner` takes precedence.
   *
   * @default - the owner of the replaced file, or else the user who runs the script
   */
  readonly owner?: string;
}

/**
 * A delivery by one POSIX `sh` script for each node. A subclass says which resource of Terraform takes the text, and the script does the rest on the node:
 * it verifies its contents, replaces each file atomically, the trust bundle first, and keeps the previous files for a rollback. It can run again
 * at any time, also after an interruption. `erlang-tls check-plan` and `erlang-tls report` find the script in any attribute of any resource.
 */
export abstract class ScriptDelivery implements IDelivery {
  /** Whether each node has a directory of its own below the install directory of the cluster. */
  public readonly directoryPerNode?: boolean;
  /** Minutes from the end of a deploy until every running node uses what it brought. */
  public readonly settleMinutes?: number;

  private readonly owner: string;

  public constructor(props: ScriptDeliveryProps = {}) {
    checkCall('new ScriptDelivery', props);
    this.owner = concrete('owner', props.owner ?? '');
  }

  /** Defines the resources that take these files out of Terraform, below `scope`. */
  public bind(scope: Construct, request: DeliveryRequest): DeliveryResult {
    checkCall('ScriptDelivery.bind', scope, request);
    return within(scope, () => {
      const publicInput = (): ScriptInput => this.inputOf(request, withoutKeys);
      return this.deliverScript(scope, NodeScript._of({ scope, request, input: this.inputOf(request), publicInput }));
    });
  }

  /** Defines the resources that take the script of one node, or of the tools, below `scope`. */
  protected abstract deliverScript(scope: Construct, script: NodeScript): DeliveryResult;

  private inputOf(
    { nodeId, installDirectory, files, reload = RELOAD, keyOnNode }: DeliveryRequest,
    shown?: (file: NodeFile) => NodeFile,
  ): ScriptInput {
    const nameOf = (path: string): string => nameWithin(installDirectory, path);
    const key = keyOnNode && scriptKey(keyOnNode, nameOf);
    const placed = fileSet(files).map((file) => scriptFile(nameOf(file.path), shown?.(file) ?? file));
    return {
      ...{ subject: checkedId(nodeId), installDirectory, owner: this.owner, reload, key },
      files: key === undefined ? placed : withKeyFile(placed, key),
      leftOut: shown && files.filter(({ sensitive }) => sensitive).map(({ path }) => nameOf(path)),
    };
  }
}

const RELOAD = `in a shell of the node: ${CLEAR_PEM_CACHE}.`;

/** A sensitive file as plans and states may show it. */
function withoutKeys(file: NodeFile): NodeFile {
  return file.sensitive ? { ...file, content: file.publicContent ?? '' } : file;
}

function scriptFile(name: string, { mode, content, sensitive, readAtBoot = false }: NodeFile): ScriptFile {
  const isLiteral = !isToken(content);
  if (isLiteral && content !== '' && !content.endsWith('\n'))
    refuse(FILE_NOT_FOR_SCRIPT, { subject: 'file', got: name });
  return { name, mode, content, checksum: sha256(content), readAtBoot, isCommon: isLiteral && !sensitive };
}

function scriptKey(
  { keyPath, certificatePath, keyOptions: options, requestConfiguration }: KeyOnNode,
  nameOf: (path: string) => string,
): ScriptKey {
  return {
    ...{ options, requestConfiguration },
    name: nameOf(keyPath),
    certificateName: certificatePath === undefined ? undefined : nameOf(certificatePath),
  };
}

/** The files with that of the key behind that of its certificate, if it is a file of its own: the script fills it. */
function withKeyFile(files: readonly ScriptFile[], { name, certificateName }: ScriptKey): readonly ScriptFile[] {
  if (files.some((file) => file.name === name)) return files;
  const keyFile = { name, mode: SECRET_MODE, content: '', checksum: sha256(''), readAtBoot: false, isCommon: true };
  return files.flatMap((file) => (file.name === certificateName ? [file, keyFile] : [file]));
}
