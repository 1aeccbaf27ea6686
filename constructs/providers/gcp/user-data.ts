import { Fn, TerraformLocal, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { stableHash } from '../../util/hash';

export interface UserData {
  readonly text: string;
  /** SHA-256 in hexadecimal digits. */
  readonly hash: string;
  /** The hash is known only to Terraform. */
  readonly late: boolean;
}

/** User data and its hash; data with tokens is written once, as a local value that Terraform hashes. */
export function userDataOf(scope: Construct, text: string): UserData {
  if (!Token.isUnresolved(text)) return { text, hash: stableHash(text, 64), late: false };
  const local = new TerraformLocal(scope, 'user-data', text).asString;
  return { text: local, hash: Fn.sha256(local), late: true };
}
