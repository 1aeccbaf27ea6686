/** One line of what Terraform says with `-json` (machine-readable UI, version 1.2). Only what a deployment looks at. */
export interface TerraformMessage {
  readonly type?: string;
  readonly '@message'?: string;
  readonly diagnostic?: Diagnostic;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
  readonly outputs?: Readonly<Record<string, { readonly action?: string }>>;
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** Lines that are no messages are left out: warnings about the command line itself come as text. */
export function messagesIn(output: string): TerraformMessage[] {
  return output.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    try {
      return [JSON.parse(line) as TerraformMessage];
    } catch {
      return [];
    }
  });
}

/** Errors as Terraform tells them without `-json`; where there are none, as after a crash, the output as it is. */
export function errorsIn(output: string): string {
  const errors = messagesIn(output).flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic] : []));
  return errors.length > 0 ? errors.map(describe).join('\n\n') : output;
}

const describe = ({ summary, detail, address }: Diagnostic): string =>
  [`Error: ${summary}`, address && `  with ${address}`, detail, buildCommandIn(address)].filter(Boolean).join('\n\n');

/** CloudStack's provider says of an absent template only that nothing matches: the look-up's name says what to run. */
function buildCommandIn(address = ''): string | undefined {
  const [, role, arch, builder] = /run-watari-image-build-(.+?)--arch-(.+?)--builder-([a-z]+)--/.exec(address) ?? [];
  return role && `The image is absent. Build it: npx watari image build ${role} --arch ${arch} --builder ${builder}`;
}
