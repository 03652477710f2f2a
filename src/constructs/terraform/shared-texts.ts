import type { Construct } from 'constructs';

import { TerraformLocal, TerraformStack } from './cdktf';
import { sha256 } from './checksums';
import { IDS } from './ids';
import { sortedRecord } from './sorted-record';
import { TerraformData } from './terraform-data';

/**
 * The texts that many resources of a stack contain, each written once. Terraform parses a text again at each look at a resource, which is
 * what a large plan would wait for.
 */
class SharedTexts extends TerraformData {
  private readonly texts = new Map<string, string>();
  private readonly references = new Map<string, string>();

  /** An expression for the text. Its key depends on this text alone, so that no other text moves it. */
  public reference(name: string, text: string): string {
    const known = this.references.get(`${name} ${text}`);
    if (known !== undefined) return known;
    const key = `${name.replace(NOT_FOR_KEYS, '_')} ${sha256(text).slice(0, KEY_DIGITS)}`;
    const reference = `\${terraform_data.${this.friendlyUniqueId}.input[${JSON.stringify(key)}]}`;
    this.texts.set(key, text);
    this.references.set(`${name} ${text}`, reference);
    return reference;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: sortedRecord(this.texts) };
  }
}

const KEY_DIGITS = 12;

/** Terraform reads a key as a template, too. */
const NOT_FOR_KEYS = /[^\w.-]/g;

/** Shorter texts cost less than their references. */
const SHORTEST = 100;

const sharedIn = new WeakMap<TerraformStack, SharedTexts>();

/** A literal Terraform string, written once for the stack. A plan contains it under `name`, so that a reader of the plan knows it. */
export function shared(scope: Construct, name: string, text: string): string {
  if (text.length < SHORTEST) return text;
  const stack = TerraformStack.of(scope);
  const texts = sharedIn.get(stack) ?? new SharedTexts(stack, IDS.TEXTS, {});
  sharedIn.set(stack, texts);
  return texts.reference(name, text);
}

const bodiesIn = new WeakMap<TerraformStack, Map<string, TerraformLocal>>();

/** The same for the part of an install script that is long, and that is the same in all of them: no plan and no state needs a copy of it. */
export function sharedBody(scope: Construct, text: string, id: string = IDS.SCRIPT_BODY): string {
  const stack = TerraformStack.of(scope);
  const bodies = bodiesIn.get(stack) ?? new Map<string, TerraformLocal>();
  const body = bodies.get(id) ?? new TerraformLocal(stack, id, text);
  bodiesIn.set(stack, bodies.set(id, body));
  return `\${local.${body.friendlyUniqueId}}`;
}
