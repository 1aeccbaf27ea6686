import {
  build,
  type Expression,
  local,
  postProcessor,
  provisioner,
  render,
  source,
  TemplateError,
  text,
  variable,
} from '../../../images/packer-ts-helpers/src';
import { sources } from './examples';
import { problemsOf, templateOf } from './templates';

// Each `@ts-expect-error` is a test of its own: `npm test` runs tsc over this file, which fails where the line compiles.
// The same call is made here as JavaScript would make it, and must be refused when it is rendered.
const qemu = { iso_url: 'a', iso_checksum: 'none', ssh_username: 'root' } as const;

describe('what does not compile, and is refused for JavaScript', () => {
  it('an attribute that a source does not have', () => {
    // @ts-expect-error googlecompute has a zone, qemu has not
    const wrong = source('qemu', 'edge', { ...qemu, zone: 'a' });
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.qemu.edge.zone: "a": no Packer knows this attribute here. Leave it out.',
    ]);
  });

  it('a required attribute that is absent', () => {
    // @ts-expect-error iso_checksum is absent
    const wrong = source('qemu', 'edge', { iso_url: 'a', ssh_username: 'root' });
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.qemu.edge.iso_checksum: absent: Packer needs it. Add iso_checksum.',
    ]);
  });

  it('none of two of which one is required', () => {
    // @ts-expect-error neither iso_url nor iso_urls
    const wrong = source('qemu', 'edge', { iso_checksum: 'none', ssh_username: 'root' });
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.qemu.edge: none of iso_url, iso_urls: Packer takes exactly one of them. Add one.',
    ]);
  });

  it('both of two that exclude each other', () => {
    // @ts-expect-error iso_url and iso_urls
    const wrong = source('qemu', 'edge', { ...qemu, iso_urls: ['a'] });
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.qemu.edge: iso_url and iso_urls: Packer takes exactly one of them. Leave all but one out.',
    ]);
  });

  it('a communicator without its user', () => {
    // @ts-expect-error winrm_username is absent
    const wrong = source('qemu', 'edge', { iso_url: 'a', iso_checksum: 'none', communicator: 'winrm' });
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.qemu.edge.winrm_username: absent: the communicator winrm needs it. Add winrm_username.',
    ]);
  });

  it('a communicator that does not exist', () => {
    // @ts-expect-error telnet is no communicator
    const wrong = source('null', 'edge', { communicator: 'telnet' });
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.null.edge.communicator: "telnet": Packer takes ssh, winrm, none. Use one of these.',
    ]);
  });

  it('a value of another type', () => {
    // @ts-expect-error memory is a number of MiB
    const wrong = source('qemu', 'edge', { ...qemu, memory: '2048' });
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.qemu.edge.memory: "2048": Packer takes a number here. Give a number, or an expression of that type.',
    ]);
  });

  it('a word that an attribute does not take', () => {
    // @ts-expect-error raw or qcow2
    const wrong = source('qemu', 'edge', { ...qemu, format: 'qcow' });
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.qemu.edge.format: "qcow": Packer takes qcow2, raw. Did you mean qcow2?',
    ]);
  });

  it('an expression of another type', () => {
    const names = variable('names', { type: 'list(string)' });
    // @ts-expect-error a list where text is wanted
    const wrong = source('qemu', 'edge', { ...qemu, vm_name: names });
    expect(problemsOf({ ...templateOf(wrong), variables: [names] })).toEqual([
      'source.qemu.edge.vm_name: an expression of type list(string): Packer takes a string here. ' +
        'Give a string, or an expression of that type.',
    ]);
  });

  it('an attribute that a nested block does not have', () => {
    const wrong = source('amazon-ebs', 'edge', {
      region: 'ap-northeast-1',
      ami_name: 'edge',
      instance_type: 't3.micro',
      ssh_username: 'admin',
      source_ami: 'ami-1',
      // @ts-expect-error volume_siz is misspelt
      launch_block_device_mappings: [{ device_name: '/dev/xvda', volume_siz: 20 }],
    });
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.amazon-ebs.edge.launch_block_device_mappings[0].volume_siz: 20: no Packer knows this attribute here. ' +
        'Did you mean volume_size?',
    ]);
  });

  it('a source that this package does not know', () => {
    // @ts-expect-error openstack is not among the sources
    const wrong = source('openstack', 'edge', {});
    expect(problemsOf(templateOf(wrong))).toEqual([
      'source.openstack.edge: source "openstack": this package knows amazon-ebs, googlecompute, cloudstack, qemu, ' +
        'null. Use one of these.',
    ]);
  });

  it('a provisioner with two scripts, and one without any', () => {
    // @ts-expect-error inline and script
    const two = provisioner('shell', { inline: ['true'], script: 'a.sh' });
    // @ts-expect-error neither inline nor a script
    const none = provisioner('powershell', {});
    expect(problemsOf(templateOf(sources.null, { provisioners: [two, none] }))).toEqual([
      'build.edge.provisioners[0].shell: inline and script: Packer takes exactly one of them. Leave all but one out.',
      'build.edge.provisioners[1].powershell: none of inline, script, scripts: Packer takes exactly one of them. Add one.',
    ]);
  });

  it('only and except at once', () => {
    // @ts-expect-error only one of the two
    const wrong = provisioner('windows-restart', {}, { only: [sources.null], except: [sources.null] });
    expect(problemsOf(templateOf(sources.null, { provisioners: [wrong] }))).toEqual([
      'build.edge.provisioners[0].windows-restart: only and except: Packer takes one of them. Leave one out.',
    ]);
  });

  it('an option of provisioners on a post-processor', () => {
    // @ts-expect-error pause_before
    const wrong = postProcessor('manifest', {}, { pause_before: '10s' });
    expect(problemsOf(templateOf(sources.null, { postProcessors: [wrong] }))).toEqual([
      'build.edge.postProcessors[0].manifest.pause_before: "10s": a post-processor has no such option. Leave it out.',
    ]);
  });

  it('a secret in the template', () => {
    // @ts-expect-error a sensitive variable has no default
    const wrong = variable('token', { type: 'string', sensitive: true, default: 'hunter2' });
    expect(problemsOf({ ...templateOf(sources.null), variables: [wrong] })).toEqual([
      'variable.token.default: a default of a sensitive variable: a secret in the template is readable by everybody. ' +
        'Leave the default out, and set PKR_VAR_token when you run Packer.',
    ]);
  });

  it('a default of another type, or a computed one', () => {
    // @ts-expect-error the default of a number is text
    const wrong = variable('size', { type: 'number', default: '1' });
    // @ts-expect-error an expression
    const computed = variable('name', { type: 'string', default: text`a` });
    expect(problemsOf({ ...templateOf(sources.null), variables: [wrong, computed] })).toEqual([
      'variable.size.default: "1": Packer takes a number here. Give a number, or an expression of that type.',
      'variable.name.default: an expression: defaults are fixed before anything is evaluated. ' +
        'Use a local for computed values.',
    ]);
  });

  it('a local of another type', () => {
    // @ts-expect-error a list of text
    const wrong = local('names', 'list(string)', 'edge');
    expect(problemsOf({ ...templateOf(sources.null), locals: [wrong] })).toEqual([
      'local.names: "edge": Packer takes a list(string) here. Give a list(string), or an expression of that type.',
    ]);
  });

  it('a list in the middle of text', () => {
    const names = variable('names', { type: 'list(string)' });
    // @ts-expect-error a list is no text
    expect(() => text`edge-${names}`).toThrow('text, value 1: a list(string): text takes strings, numbers and');
  });

  it('a target that does not exist', () => {
    const template = templateOf(sources.null);
    // @ts-expect-error 1.7.0 is no target
    expect(() => render(template, { target: '1.7.0', command: 'x' })).toThrow(TemplateError);
    // @ts-expect-error 1.7.0 is no target
    expect(() => render(template, { target: '1.7.0', command: 'x' })).toThrow("Use '1.6.6' or 'current'.");
  });

  it('a build value that no builder has', () => {
    // @ts-expect-error PublicAddress is none
    expect(build.PublicAddress as Expression | undefined).toBeUndefined();
  });
});
