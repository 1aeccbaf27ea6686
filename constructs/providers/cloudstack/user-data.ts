import { Fn, Token } from 'cdktf';
import { stableHash } from '../../util/hash';

/**
 * User data as the API takes it. Always encoded here: the provider passes on as it is whatever happens to be valid
 * base64 (getUserData in resource_cloudstack_instance.go, 0.6.0).
 */
export function encode(userData: string): string {
  return Token.isUnresolved(userData) ? Fn.base64encode(userData) : toBase64(userData);
}

/**
 * Compressed as well, which cloud-init undoes. Terraform compresses, not the synthesis: zlib gives other bytes on other
 * processors. Plain text goes in encoded, so that nothing in it looks like an expression.
 */
export function encodeCompressed(userData: string): string {
  const text = Token.isUnresolved(userData) ? userData : Fn.base64decode(toBase64(userData));
  return Fn.base64gzip(text);
}

/** Tells one first boot from another. */
export function digest(userData: string): string {
  return Token.isUnresolved(userData) ? Fn.sha256(userData) : stableHash(userData, 64);
}

function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
