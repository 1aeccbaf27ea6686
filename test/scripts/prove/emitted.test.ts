import { emittedViolations } from '../../../scripts/prove/generate/emitted';
import type { Accepted } from '../../../scripts/prove/generate/invariants';
import { judge } from '../../../scripts/prove/generate/judge';
import onlyAws from '../../../stacks/topologies/only-aws';
import onlyGcp from '../../../stacks/topologies/only-gcp';
import onlyIdcf from '../../../stacks/topologies/only-idcf';
import onlyMetal from '../../../stacks/topologies/only-metal';
import onlyPrivate from '../../../stacks/topologies/only-private';
import reference from '../../../stacks/topologies/reference';

function accepted(topology: unknown): Accepted {
  const verdict = judge(topology);
  if (!verdict.accepted) throw new Error(JSON.stringify(verdict.problems));
  return verdict;
}

function withText(verdict: Accepted, stack: string, from: string | RegExp, to: string): Accepted {
  const text = verdict.texts[stack]!.replaceAll(from, to);
  expect(text).not.toBe(verdict.texts[stack]);
  return { ...verdict, texts: { ...verdict.texts, [stack]: text } };
}

describe('what Terraform is given', () => {
  it('is in order in the reference', () => {
    expect(emittedViolations(accepted(reference))).toEqual([]);
  });

  it.each([
    ['Google', onlyGcp, 'gcp-live-b', /"asia-northeast1-b"/g, '"asia-northeast1-a"', 'gcp-live in asia-northeast1-a'],
    ['AWS', onlyAws, 'aws-live-b', /subnet-(\w+)-b/g, 'subnet-$1-a', 'aws-live in apne1-az4'],
    ['an own CloudStack', onlyPrivate, 'dev-live-b', /offering-(\w+)-b/g, 'offering-$1-a', 'dev-live in rack-a'],
    ['metal', onlyMetal, 'cage-live-b', /"rack-b"/g, '"rack-a"', 'cage-live in rack-a'],
  ])('is objected to when both halves are in one place on %s', (_, topology, stack, from, to, where) => {
    const verdict = accepted(topology);
    expect(emittedViolations(verdict)).toEqual([]);
    expect(emittedViolations(withText(verdict, stack, from, to))).toEqual([`both halves of ${where}`]);
  });

  it('is objected to when two machines have one address', () => {
    const doubled = withText(accepted(onlyIdcf), 'idcf-live-b', '"10.66.3.69"', '"10.66.3.5"');
    const [twice, missing] = emittedViolations(doubled);
    expect(twice).toMatch(/^10\.66\.3\.5 is given to idcf-live-b cloudstack_instance\.\S+ and idcf-live-a cloudstack/);
    expect(missing).toMatch(/^10\.66\.3\.69 of idcf .* is given to nobody$/);
  });

  it('is objected to when a stack reads a state of another site, or shares one', () => {
    const foreign = withText(accepted(reference), 'idcf-live-a', 'reference/idcf-network', 'reference/cage-network');
    expect(emittedViolations(foreign)).toContain('idcf-live-a reads the state of cage-network, of another site');
    const shared = withText(accepted(reference), 'idcf-live-a', 'reference/idcf-live-a.', 'reference/idcf-live-b.');
    expect(emittedViolations(shared)[0]).toMatch(/^idcf-live-b and idcf-live-a share the state/);
  });
});
