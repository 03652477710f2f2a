/** The two parts of a file that holds a private key and then its certificate. */

export const KEY_BLOCK = /-----BEGIN PRIV[^]*?END PRIVATE KEY-----\n/;

/** The text in front of the certificate. */
export function keyIn(text: string): string {
  return text.replace(/-----BEGIN CERT[^]*/, '');
}

/** The last certificate. */
export function certificateIn(text: string): string {
  return text.replace(/[^]*(?=-----BEGIN CERT)/, '');
}
