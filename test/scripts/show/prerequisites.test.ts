import { prerequisites } from '../../../scripts/show/prerequisites';
import { platformOf } from '../../support/topologies';

test('the pre-shared key of each tunnel is listed with the variable that takes it', () => {
  const keys = prerequisites(platformOf()).rows.filter(({ cells }) => cells['id']?.startsWith('key-aws-gcp'));
  expect(keys.map(({ cells }) => /TF_VAR_\w+/.exec(cells['how'] ?? '')?.[0])).toEqual(
    [1, 2, 3, 4].map((tunnel) => `TF_VAR_aws_gcp_primary_${tunnel}_key`),
  );
});
