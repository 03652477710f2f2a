import { refuse } from '../findings/finding';
import { type Rule } from '../findings/rule';

/** The attributes of a JSON object. */
export type Values = Readonly<Record<string, unknown>>;

const TOP = 'JSON';

/**
 * A part of a JSON text with a known shape. A part with another shape is refused. The message has its place and never its text, which may
 * contain keys. A part that is missing or null is undefined.
 */
export class JsonPart {
  public constructor(
    private readonly code: Rule,
    private readonly value: unknown,
    private readonly place = TOP,
  ) {}

  public object(): Values | undefined {
    if (this.value === undefined || this.value === null) return undefined;
    return isObject(this.value) ? this.value : this.refuseAs('no object');
  }

  public list(): readonly JsonPart[] | undefined {
    if (this.value === undefined || this.value === null) return undefined;
    if (!Array.isArray(this.value)) return this.refuseAs('no list');
    return this.value.map((one: unknown, index) => new JsonPart(this.code, one, `${this.place}[${index}]`));
  }

  public text(): string | undefined {
    if (this.value === undefined || this.value === null) return undefined;
    return typeof this.value === 'string' ? this.value : this.refuseAs('no text');
  }

  public boolean(): boolean | undefined {
    if (this.value === undefined || this.value === null) return undefined;
    return typeof this.value === 'boolean' ? this.value : this.refuseAs('not true or false');
  }

  /** A list of texts. */
  public texts(): readonly string[] {
    return (this.list() ?? []).map((one) => one.text() ?? one.refuseAs('no text'));
  }

  /** The part under that name. */
  public at(name: string): JsonPart {
    const object = this.object() ?? {};
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    return new JsonPart(this.code, value, this.place === TOP ? name : `${this.place}.${name}`);
  }

  /** All parts of an object with their names. The names may be secret, so places omit them. */
  public entries(): readonly (readonly [name: string, part: JsonPart])[] {
    const object = this.object() ?? {};
    return Object.keys(object).map((name) => [name, new JsonPart(this.code, object[name], `${this.place}.…`)] as const);
  }

  public isList(): boolean {
    return Array.isArray(this.value);
  }

  public refuseAs(what: string): never {
    return refuse(this.code, { subject: this.place, detail: `it is ${what}` });
  }
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
