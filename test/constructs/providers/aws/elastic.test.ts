import type { TerraformStack } from 'cdktf';
import { networkOutTarget } from '../../../../constructs/providers/aws/elastic';
import { emitted, stackOf } from './emitted';
import { adapter, elasticSpec, networkOf } from './fixture';

let stack: TerraformStack;
const network = networkOf();

beforeAll(() => {
  stack = stackOf();
  adapter.elastic(stack, 'edges', elasticSpec());
});

describe('an elastic fleet on AWS', () => {
  it('spreads over three zones between its bounds, and leaves the number to scaling', () => {
    const group = emitted(stack, 'aws_autoscaling_group')['edges_group'];
    expect(group).toMatchObject({
      min_size: 3,
      max_size: 40,
      vpc_zone_identifier: [network['subnet-edge-a'], network['subnet-edge-b'], network['subnet-edge-c']],
      health_check_type: 'ELB',
      health_check_grace_period: 180,
      lifecycle: { ignore_changes: ['desired_capacity'] },
    });
    expect(group).not.toHaveProperty('desired_capacity');
  });

  it('scales on what a machine sends, in bytes a minute', () => {
    expect(networkOutTarget(1000)).toBe(7_500_000_000);
    expect(emitted(stack, 'aws_autoscaling_policy')['edges_egress']).toMatchObject({
      policy_type: 'TargetTrackingScaling',
      target_tracking_configuration: {
        predefined_metric_specification: { predefined_metric_type: 'ASGAverageNetworkOut' },
        target_value: 7_500_000_000,
      },
    });
    expect(emitted(stack, 'aws_launch_template')['edges_template']).toMatchObject({ monitoring: { enabled: true } });
  });

  it('rolls when its template changes, the version named by its attribute', () => {
    expect(emitted(stack, 'aws_autoscaling_group')['edges_group']).toMatchObject({
      launch_template: {
        version: expect.stringMatching(/^\$\{aws_launch_template\.edges_template_\w+\.latest_version\}$/),
      },
      instance_refresh: {
        strategy: 'Rolling',
        preferences: { min_healthy_percentage: 100, max_healthy_percentage: 110 },
      },
    });
  });

  it('holds a leaving machine while its viewers go', () => {
    expect(emitted(stack, 'aws_autoscaling_lifecycle_hook')['edges_drain']).toMatchObject({
      lifecycle_transition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      heartbeat_timeout: 1800,
      default_result: 'CONTINUE',
    });
    expect(emitted(stack, 'aws_lb_target_group')['edges_members-rtmp']).toMatchObject({
      deregistration_delay: '30',
      connection_termination: false,
    });
    expect(adapter.facts.terminationNotice).toMatchObject({ equals: 'Terminated' });
  });

  it('has machines that answer metadata requests only with a session token', () => {
    expect(emitted(stack, 'aws_launch_template')['edges_template']).toMatchObject({
      metadata_options: { http_endpoint: 'enabled', http_tokens: 'required' },
      block_device_mappings: [{ ebs: { encrypted: 'true', volume_type: 'gp3' } }],
    });
  });

  it('labels the machines, which no default tag reaches', () => {
    const tags = emitted(stack, 'aws_autoscaling_group')['edges_group']?.['tag'];
    expect(tags).toContainEqual({ key: 'owner', value: 'live', propagate_at_launch: true });
  });

  it('has an elastic address in each of three zones and a listener for each port', () => {
    expect(Object.keys(emitted(stack, 'aws_eip'))).toHaveLength(3);
    expect(emitted(stack, 'aws_lb_listener')['edges_listener-http']).toMatchObject({ port: 80, protocol: 'TCP' });
    expect(emitted(stack, 'aws_vpc_security_group_ingress_rule')['edges_clients-http']).toMatchObject({
      security_group_id: network['security-group-edge'],
      from_port: 8000,
    });
  });

  it('never waits shorter or longer for a machine than AWS can', () => {
    const short = stackOf();
    adapter.elastic(short, 'edges', elasticSpec({ drainSeconds: 0 }));
    expect(emitted(short, 'aws_autoscaling_lifecycle_hook')['edges_drain']).toMatchObject({ heartbeat_timeout: 30 });
    expect(adapter.facts.limits.drainSeconds?.value).toBe(7200);
  });
});
