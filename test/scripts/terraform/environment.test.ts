import { terraformEnvironment } from '../../../scripts/terraform/environment';

test('Terraform asks nothing and reports nothing home', () => {
  expect(terraformEnvironment({ PATH: '/bin', HOME: undefined })).toEqual({
    env: { PATH: '/bin', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' },
    notes: [],
  });
});

test('a TF_CLI_CONFIG_FILE that does not exist is left out, and that is said', () => {
  const { env, notes } = terraformEnvironment({ TF_CLI_CONFIG_FILE: '/nowhere/rc' });
  expect(env).not.toHaveProperty('TF_CLI_CONFIG_FILE');
  expect(notes).toEqual(['TF_CLI_CONFIG_FILE is ignored: /nowhere/rc does not exist.']);
});

test('a TF_CLI_CONFIG_FILE that exists is kept', () => {
  expect(terraformEnvironment({ TF_CLI_CONFIG_FILE: __filename }).env).toHaveProperty('TF_CLI_CONFIG_FILE', __filename);
});
