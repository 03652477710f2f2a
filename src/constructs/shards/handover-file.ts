import { posix } from 'node:path';

import type { Construct } from 'constructs';

import { PUBLIC_MODE } from '../../model/files/file-set';
import { describe, finding } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import { HANDOVER_MISSING } from '../../model/pki/handover';
import { outputFile } from '../deliveries/output';
import { File, Fn, Op, type Precondition, TerraformLocal } from '../terraform/cdktf';
import type { Condition } from '../terraform/condition';
import { IDS } from '../terraform/ids';
import { projectDirectory } from '../terraform/project-directory';
import { requireProvider } from '../terraform/providers';

/** What writes the file of the root CA, for people. */
export const AUTHORITY_STACK = 'the stack of TlsClusterAuthority';

/** The hand-over files are public: they may be committed, and other users may read them. */
const DIRECTORY_MODE = '0755';

/**
 * A public file that one stack of a cluster writes and others read when they are planned. A part that is not there is an empty text, so that a
 * precondition can refuse it with words of ours.
 */
export class HandoverFile {
  /** Path as a user knows it. */
  public readonly shown: string;
  private readonly path: string;
  private read?: TerraformLocal;

  public constructor(
    private readonly scope: Construct,
    directory: string,
    private readonly name: string,
  ) {
    this.shown = posix.join(directory, `${name}.json`);
    this.path = posix.isAbsolute(this.shown) ? this.shown : posix.join(projectDirectory(scope), this.shown);
  }

  /** A text in the file, or an empty one. */
  public text(...keys: readonly string[]): string {
    return Fn.try([Fn.lookupNested(this.local.expression, ['content', ...keys]), '']) as string;
  }

  /** Whether the file has that text. CDKTF cannot compare with an empty one. */
  public has(...keys: readonly string[]): Condition {
    return Op.gte(Fn.lengthOf(this.text(...keys)), 1);
  }

  /** The condition that the file is there. `by`: what writes it. */
  public required(by: string): Precondition {
    return { condition: this.exists, errorMessage: this.message(HANDOVER_MISSING, `${by} writes it`) };
  }

  /** A condition on the content, which a missing file does not break. It has a message of its own. */
  public must(rule: Rule, detail: string, condition: Condition): Precondition {
    return {
      condition: Op.or(Op.not(this.exists), condition),
      errorMessage: this.message(rule, detail),
    };
  }

  /** Writes the file, with texts that may be known to Terraform only. */
  public write(scope: Construct, id: string, content: object): File {
    requireProvider(scope, 'local');
    return new File(scope, id, {
      filename: outputFile(scope, this.shown),
      content: Fn.jsonencode(content),
      filePermission: PUBLIC_MODE,
      directoryPermission: DIRECTORY_MODE,
    });
  }

  private get exists(): Condition {
    return Fn.lookupNested(this.local.expression, ['exists']) as Condition;
  }

  /** Terraform reads the file once. Conditions have to refer to an object, which a local value is and a function is not. */
  private get local(): TerraformLocal {
    this.read ??= new TerraformLocal(this.scope, `${IDS.HANDOVER}-${this.name}`, {
      exists: Fn.fileexists(this.path),
      content: Fn.try([Fn.jsondecode(Fn.file(this.path)), {}]) as object,
    });
    return this.read;
  }

  private message(rule: Rule, detail: string): string {
    return describe(finding(rule, { subject: 'hand-over file', got: this.shown, detail }));
  }
}
