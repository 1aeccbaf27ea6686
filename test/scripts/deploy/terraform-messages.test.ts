import { errorsIn } from '../../../scripts/deploy/terraform-messages';

const diagnostic = (severity: string, summary: string, more: object = {}): string =>
  JSON.stringify({ type: 'diagnostic', diagnostic: { severity, summary, ...more } });

describe('what Terraform says line by line', () => {
  it('is told as its errors, with the resource and the detail; warnings are left out', () => {
    const output = [
      'A warning about the command line.',
      diagnostic('warning', 'Deprecated'),
      diagnostic('error', 'Insufficient capacity', { address: 'vm.one', detail: 'Zone a is full.' }),
      diagnostic('error', 'No such image'),
    ].join('\n');
    expect(errorsIn(output)).toBe(
      'Error: Insufficient capacity\n\n  with vm.one\n\nZone a is full.\n\nError: No such image',
    );
  });

  it('names the build command where the name of a look-up does', () => {
    const address =
      'data.cloudstack_template.run-watari-image-build-vod-origin--arch-amd64-v3--builder-cloudstack--idcf';
    expect(errorsIn(diagnostic('error', 'No template is matching with the specified regex', { address }))).toMatch(
      /The image is absent\. Build it: npx watari image build vod-origin --arch amd64-v3 --builder cloudstack$/,
    );
  });

  it('is told as it is when there is no such error, as after a crash', () => {
    expect(errorsIn('panic: runtime error\n{"type":"version"')).toBe('panic: runtime error\n{"type":"version"');
  });
});
