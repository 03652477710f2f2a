/** Longest line of printed code. */
const WIDTH = 120;

/** TypeScript of an expression that is written as it is, such as `OtpRelease.OTP_27`. */
export class Code {
  public constructor(public readonly text: string) {}
}

/** A value as TypeScript, on one line if it fits behind `column` characters. Members that are undefined are left out. */
export function literal(value: unknown, indent = '', column = indent.length): string {
  const short = inline(value);
  if (column + short.length <= WIDTH || value instanceof Code) return short;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const elements = value.map((one) => `${inner}${literal(one, inner)},\n`);
    return `[\n${elements.join('')}${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return short;
  const members = membersOf(value).map(
    ([name, one]) => `${inner}${name}: ${literal(one, inner, inner.length + name.length + 3)},\n`,
  );
  return `{\n${members.join('')}${indent}}`;
}

function inline(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = membersOf(value).map(([name, one]) => `${name}: ${inline(one)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function membersOf(value: object): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(value).filter(([, one]) => one !== undefined);
}

/** A string in single quotes, with every other character than printable ASCII escaped. */
export function quoted(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${escaped}'`;
}
