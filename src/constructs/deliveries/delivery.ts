import { resolve } from 'node:path';

import type { Construct } from 'constructs';

import { PATH_WITH_CONTROL_CHARACTER } from '../../model/cluster/absolute-path';
import { NODE_ID_ILLEGAL } from '../../model/cluster/cluster-node';
import { isNodeId } from '../../model/cluster/cluster-node';
import { FILE_NOT_FOR_SCRIPT } from '../../model/deliveries/install-script/writer';
import { installScript, type ScriptFile } from '../../model/deliveries/install-script/writer';
import { FILE_OUTSIDE_INSTALL_DIRECTORY, OUTPUT_DIRECTORY_EMPTY } from '../../model/deliveries/output-directory';
import { CLEAR_PEM_CACHE } from '../../model/erlang/programs/pem-cache';
import { fileSet, SECRET_MODE } from '../../model/files/file-set';
import type { NodeFile } from '../../model/files/node-file';
import { refuse } from '../../model/findings/finding';
import { outputDirectoryFindings } from '../../model/rules/files/output-directory';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { hasControlCharacter, keptByTerraform } from '../../model/terraform/terraform-text';
import { File, SensitiveFile } from '../terraform/cdktf';
import { sha256 } from '../terraform/checksums';
import { IDS } from '../terraform/ids';
import { requireProvider } from '../terraform/providers';
import { report, within } from '../terraform/report';
import { concrete, isToken } from '../terraform/tokens';

/** The files of one node, or of the tools. */
export interface DeliveryRequest {
  /** What the node is called: its id in the cluster. */
  readonly nodeId: string;
  /** Absolute directory on the node in which the files lie. */
  readonly installDirectory: string;
  /** The files. All of them lie in the install directory. */
  readonly files: NodeFile[];
  /**
   * How to make a running node read renewed files at once, in one line for people. Empty for the files of tools: no running node reads them.
   *
   * @default - the expression to evaluate on the node
   */
  readonly reload?: string;
}

/** What a delivery made of a request. */
export interface DeliveryResult {
  /** What was written on the machine that ran Terraform: the files in the order of the request, or the script that carries them. */
  readonly outputs: string[];
  /** The resources that it defined, in the same order, for overrides. A rollover of the CA waits for them. */
  readonly resources: Construct[];
}

/** Properties of `Delivery.localFiles`. */
export interface LocalFilesProps {
  /**
   * Directory on the machine that runs Terraform; each node's files lie in a directory of their own below it, named by the node's id. A
   * relative path counts from the directory in which `cdktf synth` runs, like CDKTF's own state file.
   */
  readonly outputDirectory: string;
}

/** Properties of `Delivery.installScript`. */
export interface InstallScriptProps {
  /**
   * Directory on the machine that runs Terraform, for one script for each node, named by the node's id and `.sh`. A relative path counts from the
   * directory in which `cdktf synth` runs.
   */
  readonly outputDirectory: string;
  /**
   * Who the files belong to on the nodes: `"couchdb"` or `"couchdb:couchdb"`, the user that runs the node. `--owner` of the script goes before it.
   *
   * @default - the owner of the file that is replaced, or else who runs the script
   */
  readonly owner?: string;
}

/** How a node's files leave Terraform. */
export abstract class Delivery {
  /**
   * Plain files on the machine that runs Terraform: a staging area to copy from, never the directory that a running node reads. The
   * provider replaces a file by deleting and re-creating it, and a node that finds its trust bundle missing for a moment refuses every
   * peer afterwards (OTP 28.1 and later).
   *
   * Defines, for each file: `local_sensitive_file` where it holds a key (mode 0600), `local_file` otherwise (mode 0644); the directories
   * that these create have mode 0700. The contents rest in the Terraform state.
   */
  public static localFiles(props: LocalFilesProps): Delivery {
    return new LocalFiles(props);
  }

  /**
   * One script of POSIX `sh` for each node, which carries all of its files: for running nodes. It checks what it carries, and puts each file into
   * place whole and at once, what is trusted first; it keeps the set from before, and can be run again at any time, also after it was
   * cut off. `sh FILE --help` says more.
   *
   * Defines, for each node and for the tools: one `local_sensitive_file` with mode 0600. The contents rest in the Terraform state.
   */
  public static installScript(props: InstallScriptProps): Delivery {
    return new InstallScript(props);
  }

  /** Defines, below `scope`, what brings these files out of Terraform. */
  public abstract bind(scope: Construct, request: DeliveryRequest): DeliveryResult;
}

/** Whoever may read the staging area could read keys if a mode were wrong. */
const DIRECTORY_MODE = '0700';

class LocalFiles extends Delivery {
  private readonly outputDirectory: string;

  public constructor(props: LocalFilesProps) {
    super();
    this.outputDirectory = outputDirectory(props.outputDirectory);
  }

  public bind(scope: Construct, request: DeliveryRequest): DeliveryResult {
    return within(scope, () => {
      requireProvider(scope, 'local');
      const directory = `${this.outputDirectory}/${checkedId(request.nodeId)}`;
      report(scope, outputDirectoryFindings(directory, request.installDirectory));
      const placed = fileSet(request.files).map((file) => ({ file, name: nameWithin(request.installDirectory, file) }));
      return {
        outputs: placed.map(({ name }) => `${directory}/${name}`),
        resources: placed.map(({ file, name }) => defineFile(scope, name, file, `${directory}/${name}`)),
      };
    });
  }
}

const RELOAD = `in a shell of the node: ${CLEAR_PEM_CACHE}.`;

class InstallScript extends Delivery {
  private readonly outputDirectory: string;
  private readonly owner: string;

  public constructor(props: InstallScriptProps) {
    super();
    this.outputDirectory = outputDirectory(props.outputDirectory);
    this.owner = concrete('owner', props.owner ?? '');
  }

  public bind(scope: Construct, { nodeId, installDirectory, files, reload = RELOAD }: DeliveryRequest): DeliveryResult {
    return within(scope, () => {
      requireProvider(scope, 'local');
      const filename = `${this.outputDirectory}/${checkedId(nodeId)}.sh`;
      const script = new SensitiveFile(scope, IDS.INSTALL_SCRIPT, {
        filename: terraformLiteral(filename),
        content: installScript({
          subject: nodeId,
          installDirectory,
          owner: this.owner,
          reload,
          files: fileSet(files).map((file) => scriptFile(nameWithin(installDirectory, file), file)),
        }),
        filePermission: SECRET_MODE,
        directoryPermission: DIRECTORY_MODE,
      });
      return { outputs: [filename], resources: [script] };
    });
  }
}

function scriptFile(name: string, { mode, content, readAtBoot = false }: NodeFile): ScriptFile {
  if (!isToken(content) && !content.endsWith('\n')) refuse(FILE_NOT_FOR_SCRIPT, { subject: 'file', got: name });
  return { name, mode, content, checksum: sha256(content), readAtBoot };
}

/** Where Terraform writes, as an absolute path. */
function outputDirectory(property: string): string {
  const subject = 'outputDirectory';
  const given = concrete(subject, property);
  if (given === '') refuse(OUTPUT_DIRECTORY_EMPTY, { subject, got: given });
  if (hasControlCharacter(given)) refuse(PATH_WITH_CONTROL_CHARACTER, { subject, got: given });
  return resolve(keptByTerraform(subject, given));
}

/** The id is the name of a directory or of a script. */
function checkedId(nodeId: string): string {
  return isNodeId(nodeId) ? nodeId : refuse(NODE_ID_ILLEGAL, { subject: 'nodeId', got: nodeId });
}

/** The path below the install directory: the same below the output directory, and the construct's id. */
function nameWithin(installDirectory: string, { path }: NodeFile): string {
  if (!path.startsWith(`${installDirectory}/`)) {
    refuse(FILE_OUTSIDE_INSTALL_DIRECTORY, {
      subject: 'file',
      got: path,
      detail: `installDirectory is ${installDirectory}`,
    });
  }
  return path.slice(installDirectory.length + 1);
}

function defineFile(scope: Construct, name: string, file: NodeFile, filename: string): Construct {
  const config = {
    filename: terraformLiteral(filename),
    content: file.content,
    filePermission: file.mode,
    directoryPermission: DIRECTORY_MODE,
  };
  // A slash separates construct ids from each other.
  const id = name.replaceAll('/', '--');
  return file.sensitive ? new SensitiveFile(scope, id, config) : new File(scope, id, config);
}
