import {
  type Build,
  build,
  hcl,
  local,
  type Plugin,
  postProcessor,
  provisioner,
  render,
  source,
  type SourceType,
  type Target,
  type Template,
  text,
  variable,
} from '../../../images/packer-ts-helpers/src';
import { command, everything, sources } from './examples';
import { problemsOf, templateOf } from './templates';

const role = variable('role', { type: 'string' });

function parse(template: Template, name: string, target: Target = '1.6.6') {
  return JSON.parse(render(template, { target, command }).get(name) ?? 'null') as Record<string, unknown>;
}

describe('render', () => {
  it('gives the same text whatever the order of declarations', () => {
    const [first] = everything.builds;
    const reversed = {
      ...everything,
      variables: [...everything.variables!].reverse(),
      locals: [...everything.locals!].reverse(),
      builds: [{ ...first!, sources: [...first!.sources].reverse() }],
    };
    const options = { target: '1.6.6', command } as const;
    expect([...render(reversed, options)]).toEqual([...render(everything, options)]);
  });

  it('writes into each file what made it and the command', () => {
    for (const text of render(everything, { target: '1.6.6', command }).values()) {
      expect(JSON.parse(text)).toMatchObject({
        '//': 'Made by packer-ts-helpers for Packer 1.6.6; do not edit. To make it again: npx example render',
      });
    }
  });

  it('puts plugins, and nothing else, into a file beside the template', () => {
    expect(parse(everything, 'plugins.pkr.json')['packer']).toEqual({
      required_plugins: {
        amazon: { source: 'github.com/hashicorp/amazon', version: '= 1.8.2' },
        ansible: { source: 'github.com/hashicorp/ansible', version: '= 1.1.6' },
        cloudstack: { source: 'github.com/hashicorp/cloudstack', version: '= 1.0.2' },
        googlecompute: { source: 'github.com/hashicorp/googlecompute', version: '= 1.2.7' },
        qemu: { source: 'github.com/hashicorp/qemu', version: '= 1.1.4' },
      },
    });
    expect(parse(everything, 'build.pkr.json')['packer']).toEqual({ required_version: '>= 1.6.6' });
  });

  it('lets a template choose another version of a plugin, and add one', () => {
    const requiredPlugins = {
      qemu: { source: 'github.com/hashicorp/qemu', version: '>= 1.1.0' },
      'windows-update': { source: 'github.com/rgl/windows-update', version: '= 0.18.4' },
    };
    const template = { ...templateOf(sources.null), requiredPlugins };
    expect(parse(template, 'plugins.pkr.json')['packer']).toEqual({ required_plugins: requiredPlugins });
  });

  it('needs no plugins for what is part of Packer', () => {
    expect([...render(templateOf(sources.null), { target: 'current', command }).keys()]).toEqual(['build.pkr.json']);
  });

  it('escapes text and leaves expressions', () => {
    const inline = ['${HOME} %{x}', role, text`${'{'}$${role}${'$'}${'{y}'}`, text`a\${b} ${build.ID}`];
    const template = {
      ...templateOf(sources.null, { provisioners: [provisioner('shell', { inline })] }),
      variables: [role],
    };
    expect(parse(template, 'build.pkr.json')).toMatchObject({
      build: [
        {
          provisioner: [
            { shell: { inline: ['$${HOME} %%{x}', '${var.role}', '{${"$"}${var.role}$${y}', 'a$${b} ${build.ID}'] } },
          ],
        },
      ],
    });
  });

  it('keeps chains of post-processors apart, in their order', () => {
    const postProcessors = [
      [postProcessor('compress', {}), postProcessor('checksum', {})],
      postProcessor('manifest', {}, { keep_input_artifact: true, only: [sources.null] }),
    ];
    expect(parse(templateOf(sources.null, { postProcessors }), 'build.pkr.json')).toMatchObject({
      build: [
        {
          'post-processors': [
            { 'post-processor': [{ compress: {} }, { checksum: {} }] },
            { 'post-processor': [{ manifest: { keep_input_artifact: true, only: ['null.here'] } }] },
          ],
        },
      ],
    });
  });

  it('leaves out what is undefined', () => {
    const machine = source('null', 'here', { communicator: 'none', ssh_port: undefined });
    expect(parse(templateOf(machine), 'build.pkr.json')['source']).toEqual({
      null: { here: { communicator: 'none' } },
    });
  });
});

describe('a target', () => {
  const modern = source('amazon-ebs', 'edge', {
    region: 'ap-northeast-1',
    ami_name: 'edge',
    instance_type: 't3.micro',
    source_ami: 'ami-1',
    ssh_username: 'admin',
    imds_support: 'v2.0',
    metadata_options: { http_tokens: 'required' },
  });

  it('of 1.6.6 refuses what only the current Packer knows', () => {
    expect(problemsOf(templateOf(modern))).toEqual([
      'source.amazon-ebs.edge.imds_support: "v2.0": Packer 1.6.6 does not know this attribute, the current one does. ' +
        "Leave it out, or render for target 'current'.",
      'source.amazon-ebs.edge.metadata_options: {"http_tokens":"required"}: Packer 1.6.6 does not know this attribute, ' +
        "the current one does. Leave it out, or render for target 'current'.",
    ]);
  });

  it('of current takes it, and asks for a Packer that installs plugins', () => {
    expect(parse(templateOf(modern), 'build.pkr.json', 'current')).toMatchObject({
      packer: { required_version: '>= 1.10.0' },
      source: { 'amazon-ebs': { edge: { metadata_options: { http_tokens: 'required' } } } },
    });
  });

  it('of current refuses what it has dropped', () => {
    const source_ami_filter = { owners: ['1'], filter: [{ key: 'name', value: 'debian' }] };
    const attributes = {
      region: 'r',
      ami_name: 'edge',
      instance_type: 't3.micro',
      ssh_username: 'a',
      source_ami_filter,
    };
    const old = source('amazon-ebs', 'edge', attributes);
    expect(problemsOf(templateOf(old))).toEqual([]);
    expect(problemsOf(templateOf(old), 'current')).toEqual([
      'source.amazon-ebs.edge.source_ami_filter.filter: [{"key":"name","value":"debian"}]: Packer current does not know ' +
        "this attribute, 1.6.6 does. Leave it out, or render for target '1.6.6'.",
    ]);
  });
});

describe('a template is refused', () => {
  it('when it refers to a variable or local that it does not declare', () => {
    const stamp = local('stamp', 'string', hcl('string', 'timestamp()'));
    const machine = source('null', 'here', { communicator: 'none', ssh_host: role, ssh_username: text`${stamp}` });
    expect(problemsOf(templateOf(machine))).toEqual([
      'source.null.here.ssh_host: var.role: the template does not declare it. Add it to variables of the template.',
      'source.null.here.ssh_username: local.stamp: the template does not declare it. Add it to locals of the template.',
    ]);
  });

  it('when raw HCL does so, but not for what is in a string of it', () => {
    const machine = source('null', 'here', { communicator: 'none', ssh_host: hcl('string', 'join("var.a", [var.b])') });
    expect(problemsOf(templateOf(machine))).toEqual([
      'source.null.here.ssh_host: var.b: the template does not declare it. Add it to variables of the template.',
    ]);
  });

  it('when a source asks for a value of the machine that it makes', () => {
    const machine = source('null', 'here', { communicator: 'none', ssh_host: build.Host });
    expect(problemsOf(templateOf(machine))).toEqual([
      'source.null.here.ssh_host: build.Host: there is no machine yet where this is evaluated. ' +
        'Use build values in provisioners and post-processors only.',
    ]);
  });

  it('when a step is limited to a source of another build', () => {
    const provisioners = [provisioner('shell', { inline: ['true'] }, { only: [sources.qemu] })];
    expect(problemsOf(templateOf(sources.null, { provisioners }))).toEqual([
      'build.edge.provisioners[0].shell.only: source.qemu.linux: the build has no such source, and Packer would pass ' +
        'over this in silence. Name a source of this build.',
    ]);
  });

  it('when two sources or variables share a name', () => {
    const twin = source('null', 'here', { communicator: 'none' });
    const template = { ...templateOf(sources.null), builds: [{ name: 'edge', sources: [sources.null, twin] }] };
    expect(problemsOf({ ...template, variables: [role, variable('role', { type: 'bool' })] })).toEqual([
      'variable.role: declared twice: a name stands for one thing. Rename one of them.',
      'source.null.here: declared twice: a name stands for one thing. Rename one of them.',
    ]);
  });

  it('when a name is none that Packer takes', () => {
    expect(problemsOf(templateOf(source('null', '1 edge', { communicator: 'none' })))).toEqual([
      'source.null.1 edge: "1 edge": a name is letters, digits, _ and -, and starts with a letter or _. ' +
        'Choose such a name.',
    ]);
  });

  it('when it builds nothing', () => {
    expect(problemsOf({ builds: [] })).toEqual(['builds: []: a template is there to build something. Add a build.']);
    expect(problemsOf({ builds: [{ name: 'edge', sources: [] }] })).toEqual([
      'build.edge.sources: []: a build needs a machine. Add a source.',
    ]);
  });

  it('when something else stands where a source or a step belongs', () => {
    const step = provisioner('shell', { inline: ['true'] });
    const wrong = { sources: [undefined, step], provisioners: [null], postProcessors: [['manifest']] };
    expect(problemsOf({ builds: [{ name: 'edge', ...wrong } as unknown as Build] })).toEqual([
      'build.edge.sources[0]: undefined: it is no source. Make it by source().',
      expect.stringMatching(/^build.edge.sources\[1\]: .*: it is no source. Make it by source\(\).$/),
      'build.edge.provisioners[0]: null: it is no provisioner. Make it by provisioner().',
      'build.edge.postProcessors[0]: "manifest": it is no post-processor. Make it by postProcessor().',
    ]);
  });

  it('when a plugin has no version', () => {
    const requiredPlugins = { x: { source: 'github.com/rgl/x' } as unknown as Plugin };
    expect(problemsOf({ ...templateOf(sources.null), requiredPlugins })).toEqual([
      'requiredPlugins.x: {"source":"github.com/rgl/x"}: a plugin has source and version. ' +
        "Write { source: 'github.com/hashicorp/qemu', version: '= 1.1.4' }.",
    ]);
  });

  it.each(['', 'a\nb'])('when the command %j cannot stand in one line', (wrong) => {
    const act = () => render(templateOf(sources.null), { target: '1.6.6', command: wrong });
    expect(act).toThrow('the files say in one line how to make them again');
  });

  it('with null, a number that is none, and a block that is none', () => {
    const attributes = { ...sources.qemu.attributes, memory: NaN, vm_name: null, qemu_img_args: [] };
    expect(
      problemsOf({ ...everything, builds: [{ name: 'edge', sources: [{ ...sources.qemu, attributes }] }] }),
    ).toEqual([
      'source.qemu.linux.memory: NaN: Packer takes a number here. Give a number, or an expression of that type.',
      'source.qemu.linux.qemu_img_args: []: Packer takes an object of attributes here. Give an object of attributes.',
      'source.qemu.linux.vm_name: null: Packer takes a string here. Give a string, or an expression of that type.',
    ]);
  });

  it.each(Object.keys(sources) as SourceType[])('with the prototype of objects as an attribute of %s', (type) => {
    const attributes = { ...sources[type].attributes, constructor: 'x' };
    const problems = problemsOf({
      ...everything,
      builds: [{ name: 'edge', sources: [{ ...sources[type], attributes }] }],
    });
    expect(problems).toEqual([expect.stringContaining('constructor: "x": no Packer knows this attribute here')]);
  });
});
