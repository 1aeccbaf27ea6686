import type { ProviderSimulation, SimulatedFunction, SimulatedValue } from '../../../contract/simulation';
import { computeBase } from './place';

/** The provider's own label: `add_terraform_attribution_label` is true unless said otherwise. */
const attribution = { 'goog-terraform-provisioned': 'true' };

/** Labels that the object has in the end; unknown while one of the configured is. */
const allLabels: SimulatedFunction<SimulatedValue> = (self, { provider }) => {
  const own = self.value('labels');
  if (own === undefined) return undefined;
  const added = provider['add_terraform_attribution_label'] === false ? {} : attribution;
  return { ...(own as Record<string, SimulatedValue> | null), ...added };
};

/** Text that the API gives to compare by, base64 of eight bytes. */
export const fingerprint: SimulatedFunction<SimulatedValue> = (_self, context) =>
  Buffer.from(context.hex(16, 'fingerprint'), 'hex').toString('base64');

/** Numbers of objects, as long as the API's. */
export const numericId: SimulatedFunction<SimulatedValue> = (_self, context) => 10 ** 15 + context.number(10 ** 15);
export const numericText: SimulatedFunction<SimulatedValue> = (self, context) => String(numericId(self, context));

export const common: NonNullable<ProviderSimulation['common']> = {
  planned: {
    project: (self) => self.scope['project'],
    region: (self) => self.scope['region'],
    zone: (self, { provider }) => (self.text('zone') || provider['zone']) ?? undefined,
    effective_labels: allLabels,
    terraform_labels: allLabels,
  },
  computed: {
    self_link: (self) => computeBase + self.id,
    creation_timestamp: () => '2026-01-05T09:00:00.000-08:00',
    label_fingerprint: fingerprint,
    fingerprint,
    metadata_fingerprint: fingerprint,
    tags_fingerprint: fingerprint,
    etag: fingerprint,
  },
};
