import { isSecretName } from '../../../../scripts/review/values/secret-names';
import { maskValue } from '../../../../scripts/review/values/mask';

describe('The name of an attribute', () => {
  it.each([
    'password', 'db_passwd', 'client_secret', 'secret_string', 'token', 'private_key_pem', 'psk', 'tunnel1_preshared_key', 'shared_secret',
    'apiKey', 'secret_access_key', 'credentials', 'primary_connection_string', 'PGPASSWORD', 'power_pass', 'md5_authentication_key',
  ])('%s says that it is secret', (name) => { expect(isSecretName(name)).toBe(true); }); // prettier-ignore

  it.each([
    'key_name', 'kms_key_id', 'secret_arn', 'secret_id', 'secret_name', 'token_ttl', 'http_tokens', 'password_policy', 'public_key',
    'ssh_keys', 'path', 'max_tokens', 'token_url', 'access_key_id', 'partition_key', 'passive', 'compass', 'signal',
  ])('%s does not', (name) => { expect(isSecretName(name)).toBe(false); }); // prettier-ignore

  it('in an environment hides the value beside it', () => {
    const value = { environment: [{ name: 'DB_PASSWORD', value: 'x1' }, { name: 'PORT', value: '80' }] }; // prettier-ignore
    expect(maskValue(value)).toEqual({
      environment: [{ name: 'DB_PASSWORD', value: '(sensitive)' }, { name: 'PORT', value: '80' }],
    }); // prettier-ignore
  });

  it('hides the result of a generator of passwords, but no switch', () => {
    expect(maskValue({ result: 'abc', length: 16 }, { type: 'random_password' })).toEqual({
      result: '(sensitive)',
      length: 16,
    });
    expect(maskValue({ get_password_data: false })).toEqual({ get_password_data: false });
  });
});
