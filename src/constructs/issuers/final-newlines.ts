import { ownValue } from '../../model/api/own-values';
import type { IssuedCertificate } from './issuer';

const complete = new WeakSet<IssuedCertificate>();

/** A result of this library, whose PEM texts end with a newline or are empty, whatever Terraform finds them to be. */
export function withFinalNewlines(issued: IssuedCertificate): IssuedCertificate {
  const own = ownValue('IssuedCertificate', issued);
  complete.add(own);
  return own;
}

export function hasFinalNewlines(issued: IssuedCertificate): boolean {
  return complete.has(issued);
}
