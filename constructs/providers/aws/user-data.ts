import { Fn, Token } from 'cdktf';

/**
 * User data as the API takes it, base64: as plain text Terraform would read `${...}` of shell scripts as its own.
 * Text with tokens is encoded by Terraform, when their values are known.
 */
export function encodeUserData(text: string): string {
  return Token.isUnresolved(text) ? Fn.base64encode(text) : Buffer.from(text, 'utf8').toString('base64');
}
