import type { PostProcessor, Provisioner, Source } from './component';
import type { Local, Variable } from './inputs';
import type { Target } from './schema';

/** One image: its machines, the steps on them, and what becomes of the result. */
export interface Build {
  readonly name: string;
  readonly description?: string;
  readonly sources: readonly Source[];
  /** Run in this order. @default - none */
  readonly provisioners?: readonly Provisioner[];
  /** Run in this order; a list is a chain in which each works on the result of the one before. @default - none */
  readonly postProcessors?: readonly (PostProcessor | readonly PostProcessor[])[];
}

/** A plugin that current Packer installs by `packer init`. */
export interface Plugin {
  /** `github.com/hashicorp/qemu` */
  readonly source: string;
  /** A version constraint: `= 1.1.4` */
  readonly version: string;
}

export interface Template {
  readonly builds: readonly Build[];
  /** @default - none */
  readonly variables?: readonly Variable[];
  /** @default - none */
  readonly locals?: readonly Local[];
  /** Plugins by name, beside or instead of those that the sources and provisioners need. @default - only those */
  readonly requiredPlugins?: Readonly<Record<string, Plugin>>;
}

export interface RenderOptions {
  readonly target: Target;
  /** The command that makes the files again; it is written into them. */
  readonly command: string;
}
