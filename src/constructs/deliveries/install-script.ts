import { posix } from 'node:path';

import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { ownValue } from '../../model/api/own-values';
import { KEY_SCRIPT_BODY, type ScriptKey } from '../../model/deliveries/install-script/key-part';
import {
  FILE_NOT_FOR_SCRIPT,
  installScript,
  SCRIPT_BODY,
  type ScriptFile,
} from '../../model/deliveries/install-script/writer';
import { CLEAR_PEM_CACHE } from '../../model/erlang/programs/pem-cache';
import { fileSet, SECRET_MODE } from '../../model/files/file-set';
import type { NodeFile } from '../../model/files/node-file';
import { refuse } from '../../model/findings/finding';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { SensitiveFile } from '../terraform/cdktf';
import { sha256 } from '../terraform/checksums';
import { IDS } from '../terraform/ids';
import { requireProvider } from '../terraform/providers';
import { within } from '../terraform/report';
import { shared, sharedBody } from '../terraform/shared-texts';
import { concrete, isToken } from '../terraform/tokens';
import type { DeliveryRequest, DeliveryResult, IDelivery, KeyOnNode } from './delivery';
import { checkedId, DIRECTORY_MODE, nameWithin, outputDirectory, outputFile } from './output';

/** Properties of `Delivery.installScript`. */
export interface InstallScriptProps {
  /**
   * Directory on the machine that runs Terraform. It gets one script for each node, with the node's id and `.sh` as its name. A relative
   * path starts at the directory of the project, with `cdktf.json`.
   */
  readonly outputDirectory: string;
  /**
   * Owner of the files on the nodes, which is the user that runs the node: `"couchdb"` or `"couchdb:couchdb"`. The script's option
   * `--owner` takes precedence.
   *
   * @default - the owner of the replaced file, or else the user who runs the script
   */
  readonly owner?: string;
}

const RELOAD = `in a shell of the node: ${CLEAR_PEM_CACHE}.`;

/** Writes a script for each node, which contains the files. */
export class InstallScript implements IDelivery {
  private readonly outputDirectory: string;
  private readonly owner: string;

  public constructor(props: InstallScriptProps) {
    this.outputDirectory = outputDirectory(props.outputDirectory);
    this.owner = concrete('owner', props.owner ?? '');
  }

  public bind(scope: Construct, request: DeliveryRequest): DeliveryResult {
    checkCall('Delivery.bind', scope, request);
    return within(scope, () => {
      const { nodeId, shard = '', installDirectory, files, reload = RELOAD, uniform = false, keyOnNode } = request;
      const nameOf = (path: string): string => nameWithin(installDirectory, path);
      requireProvider(scope, 'local');
      const filename = outputFile(scope, posix.join(this.outputDirectory, shard, `${checkedId(nodeId)}.sh`));
      const key = keyOnNode && scriptKey(keyOnNode, nameOf);
      const placed = fileSet(files).map((file) => scriptFile(nameOf(file.path), file));
      const parts = installScript({
        subject: nodeId,
        installDirectory,
        owner: this.owner,
        reload,
        files: key === undefined ? placed : withKeyFile(placed, key),
        key,
      });
      const ownText = parts.map(({ text, isCommon }) => (isCommon && uniform ? shared(scope, 'script', text) : text));
      const body =
        key === undefined ? sharedBody(scope, SCRIPT_BODY) : sharedBody(scope, KEY_SCRIPT_BODY, IDS.KEY_SCRIPT_BODY);
      const script = new SensitiveFile(scope, IDS.INSTALL_SCRIPT, {
        filename: terraformLiteral(filename),
        content: [...ownText, body].join(''),
        filePermission: SECRET_MODE,
        directoryPermission: DIRECTORY_MODE,
      });
      return ownValue('DeliveryResult', { outputs: [filename], resources: [script] });
    });
  }
}

function scriptFile(name: string, { mode, content, sensitive, readAtBoot = false }: NodeFile): ScriptFile {
  const isLiteral = !isToken(content);
  if (isLiteral && !content.endsWith('\n')) refuse(FILE_NOT_FOR_SCRIPT, { subject: 'file', got: name });
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
