/** Assertions over the Terraform that a stack synthesizes to, with every validation run. */
import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { App, TerraformStack, Testing } from 'cdktf';

export type ResourceConfig = Readonly<Record<string, unknown>>;

/** What a synthesized stack declares. */
export class Template {
  /** Synthesizes a stack with both providers and whatever `define` adds. */
  static of(define: (stack: TerraformStack) => unknown): Template {
    const stack = emptyStack();
    new TlsProvider(stack, 'tls');
    new LocalProvider(stack, 'local');
    define(stack);
    return Template.fromStack(stack);
  }

  static fromStack(stack: TerraformStack): Template {
    const text = Testing.synth(stack, true);
    const [idle] = conditionsWithoutObject(text);
    if (idle !== undefined) throw new Error(`Terraform refuses a condition that refers to no object: ${idle}`);
    return new Template(text);
  }

  /** The text of a `cdk.tf.json`. */
  static ofText(text: string): Template {
    return new Template(text);
  }

  private constructor(
    /** The JSON as it is written to `cdk.tf.json`. */
    readonly text: string,
  ) {}

  /** Resources of a type by their names. */
  resources(type: string): Readonly<Record<string, ResourceConfig>> {
    const { resource = {} } = JSON.parse(this.text) as { resource?: Record<string, Record<string, ResourceConfig>> };
    return resource[type] ?? {};
  }

  /** How many resources of each type there are; types without any are left out. */
  counts(): Readonly<Record<string, number>> {
    const { resource = {} } = JSON.parse(this.text) as { resource?: Record<string, object> };
    return Object.fromEntries(Object.entries(resource).map(([type, named]) => [type, Object.keys(named).length]));
  }

  /** Every Terraform address, sorted. */
  addresses(): readonly string[] {
    return Object.keys(this.counts())
      .flatMap((type) => Object.keys(this.resources(type)).map((name) => `${type}.${name}`))
      .sort();
  }

  /** The only resource of a type. */
  only(type: string): ResourceConfig {
    const all = Object.values(this.resources(type));
    const [one] = all;
    if (one === undefined || all.length > 1) throw new Error(`${all.length} resources of type ${type}`);
    return one;
  }

  /** Contents of the files as Terraform strings, by the paths below `directory`. */
  files(directory: string): Readonly<Record<string, string>> {
    const files = ['local_file', 'local_sensitive_file'].flatMap((type) => Object.values(this.resources(type)));
    const named = files.map(({ filename, content }) => [
      String(filename).slice(directory.length + 1),
      this.withSharedTexts(String(content)),
    ]);
    return Object.fromEntries(named) as Record<string, string>;
  }

  /** The text with those that several files share in their places, as Terraform puts them there. */
  withSharedTexts(text: string): string {
    const { locals = {}, resource = {} } = JSON.parse(this.text) as {
      locals?: Record<string, unknown>;
      resource?: { terraform_data?: Record<string, { input?: Record<string, string> }> };
    };
    return text
      .replace(/\$\{local\.(\w+)\}/g, (found, name: string) => {
        const value = locals[name];
        return typeof value === 'string' ? value : found;
      })
      .replace(
        /\$\{terraform_data\.(\w+)\.input\["([^"]+)"\]\}/g,
        (found, name: string, key: string) => resource.terraform_data?.[name]?.input?.[key] ?? found,
      );
  }
}

export function emptyStack(): TerraformStack {
  return new TerraformStack(new App({ stackTraces: false }), 'stack');
}

/** A string without references as Terraform reads it: doubled template markers become single ones. */
export function terraformReads(text: string): string {
  if (/(?<![$])[$]\{|(?<![%])%\{/.test(text.replace(/[$]{2}\{|%%\{/g, ''))) throw new Error(`a template in ${text}`);
  return text.replace(/([$%])\1\{/g, '$1{');
}

/** `terraform init` refuses them, and no synth does. */
function conditionsWithoutObject(text: string): string[] {
  const conditions = [...text.matchAll(/^\s*"condition": ("(?:[^"\\]|\\.)*")/gm)];
  const expressions = conditions.map(([, value = '""']) => JSON.parse(value) as string);
  return expressions.filter(
    (one) => !/\b(?!function\b)[a-z]\w*\.[A-Za-z]/.test(one.replace(/"(?:[^"\\]|\\.)*"/g, '""')),
  );
}
