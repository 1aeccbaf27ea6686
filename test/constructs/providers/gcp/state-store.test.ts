import { App, TerraformStack } from 'cdktf';
import { stateStore } from '../../../../constructs/providers/gcp/state-store';

test('a bucket of states keeps old versions and cannot be destroyed by accident', () => {
  const stack = new TerraformStack(new App(), 'bootstrap');
  const settings = { project: 'live-example', location: 'ASIA1' };
  stateStore.configure(stack, settings);
  stateStore.bucket(stack, 'states', { name: 'live-example-states', settings, labels: { owner: 'streaming' } });
  const json = stack.toTerraform() as { resource: Record<string, Record<string, unknown>> };
  expect(Object.values(json.resource['google_storage_bucket'] ?? {})[0]).toMatchObject({
    name: 'live-example-states',
    versioning: { enabled: true },
    public_access_prevention: 'enforced',
    uniform_bucket_level_access: true,
    lifecycle: { prevent_destroy: true },
  });
});
