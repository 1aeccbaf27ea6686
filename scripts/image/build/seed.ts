import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAccount } from '../../../images/kit/qemu';

/**
 * The first configuration of the machine of a build, and the only key that opens it: made for this build, and gone with it.
 * @param folder `seed` in Packer's folder
 */
export function writeBuildSeed(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeFileSync(join(folder, 'key'), pem, { mode: 0o600 });
  writeFileSync(join(folder, 'user-data'), userData(publicLine(pem)));
  writeFileSync(join(folder, 'meta-data'), `instance-id: build-${randomUUID()}\n`);
}

function userData(publicKey: string): string {
  const user = {
    name: buildAccount,
    shell: '/bin/bash',
    sudo: 'ALL=(ALL) NOPASSWD:ALL',
    lock_passwd: true,
    ssh_authorized_keys: [publicKey],
  };
  // JSON is YAML.
  return `#cloud-config\n${JSON.stringify({ users: [user] })}\n`;
}

/** `ssh-ed25519 AAAA...`: RFC 8709, section 4: the name and the 32 bytes of the key, each behind its length. */
export function publicLine(privatePem: string): string {
  const { x = '' } = createPublicKey(createPrivateKey(privatePem)).export({ format: 'jwk' });
  const fields = [Buffer.from('ssh-ed25519'), Buffer.from(x, 'base64url')];
  return `ssh-ed25519 ${Buffer.concat(fields.flatMap((field) => [lengthOf(field), field])).toString('base64')}`;
}

function lengthOf(field: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(field.length);
  return length;
}
