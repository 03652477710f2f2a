/** How CDKTF writes a value that only Terraform knows into a string. */
export const TOKEN = /\$\{TfToken\[[^\]]*\]\}/g;

/** Whether the text is one such value and nothing else. */
export function isOneToken(text: string): boolean {
  return text.match(TOKEN)?.[0] === text;
}

/** Whether it is the one element with which CDKTF writes a list that only Terraform knows. */
export function isListToken(element: unknown): boolean {
  return typeof element === 'string' && element.startsWith('#{TfToken[');
}

/** Whether the text is one expression of Terraform, with which a program refers to what CDKTF has no construct for. */
export function isExpression(text: string): boolean {
  return /^\s*\$\{[^{}]*\}\s*$/.test(text);
}
