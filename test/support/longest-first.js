// In a fresh checkout Jest knows no durations and starts with the largest files: then a long one may be left alone at the
// end, on one core. These take longest, in this order; what Jest has measured itself counts for more.
const { default: Sequencer } = require('@jest/test-sequencer');

const longest = [
  'e2e/image',
  'conformance/sandbox',
  'e2e/reference',
  'docs/guides',
  'docs/readme',
  'e2e/faults',
  'e2e/live-machines',
  'e2e/cdktf',
  'stacks/live/origin-agent',
  'e2e/aws-validate',
  'constructs/providers/gcp/sandbox',
  'scripts/deploy/deploy',
  'e2e/aws-plan',
  'constructs/providers/metal/sandbox',
  'constructs/providers/aws/simulation',
  'stacks/generated',
  'scripts/sandbox/fidelity',
  'conformance/synthesis',
  'stacks/live/edge-agent',
  'scripts/facts/facts',
  'e2e/determinism',
  'bin/cdktf',
  'exit/cdktn',
].map((name) => `/test/${name}.test.ts`);

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const place = ({ path }) => {
      const at = longest.findIndex((name) => path.endsWith(name));
      return at < 0 ? longest.length : at;
    };
    return sorted.sort((one, other) => place(one) - place(other));
  }
};
