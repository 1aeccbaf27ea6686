/**
 * What is true of an image before it is kept, the same on every builder. `running` ones are asked while the machine of
 * the build runs, `sealed` ones at its very end, when everything that belongs to one machine has been taken away.
 */
export type Check = { readonly when?: 'running' | 'sealed' } & (
  | ServiceCheck
  | PortCheck
  | HttpCheck
  | UserCheck
  | FileCheck
  | AbsentCheck
  | SettingCheck
  | RegistryCheck
  | CommandCheck
  | ScriptCheck
);

/** A unit of systemd or a service of Windows. `startable` is started for the check and stopped again. */
export interface ServiceCheck {
  readonly service: string;
  readonly is: 'running' | 'enabled' | 'disabled' | 'startable';
}

/** Something listens. */
export interface PortCheck {
  readonly port: number;
  /** @default tcp */
  readonly protocol?: 'tcp' | 'udp';
}

/** An address answers, within 5 s. */
export interface HttpCheck {
  readonly http: string;
  readonly status: number;
  readonly contains?: string;
}

/** An account is there with this login shell, or is not there. */
export interface UserCheck {
  readonly user: string;
  readonly is: 'absent' | 'locked' | 'present';
}

export interface FileCheck {
  readonly file: string;
  /** Octal: `0644`. @default - any */
  readonly mode?: string;
  /** `user:group`. @default - any */
  readonly owner?: string;
  /** Text in it. @default - any; `''` means an empty file */
  readonly contains?: string;
}

/** No file matches; `*` and `?` as in a shell. */
export interface AbsentCheck {
  readonly absent: string;
}

/** A setting of the Linux kernel. */
export interface SettingCheck {
  readonly sysctl: string;
  readonly value: string;
}

/** A value of Windows' registry. */
export interface RegistryCheck {
  readonly registry: string;
  readonly name: string;
  readonly value: string | number;
}

/** A command of a shell ends with 0 and prints this text, if one is given. */
export interface CommandCheck {
  readonly command: string;
  /** What it shows, as a sentence. */
  readonly what: string;
  readonly prints?: string;
}

/** A script ends with 0; path from `images/`. */
export interface ScriptCheck {
  readonly script: string;
  /** What it shows, as a sentence. */
  readonly what: string;
}

/** A check as the sentence that is printed when it passes or fails. */
export function describeCheck(check: Check): string {
  if ('service' in check) return `service ${check.service} is ${check.is}`;
  if ('port' in check) return `port ${check.port}/${check.protocol ?? 'tcp'} is listened on`;
  if ('http' in check) return `${check.http} answers ${check.status}`;
  if ('user' in check) return `user ${check.user} is ${check.is}`;
  if ('file' in check) return `file ${check.file} is there as it should be`;
  if ('absent' in check) return `no ${check.absent}`;
  if ('sysctl' in check) return `${check.sysctl} is ${check.value}`;
  if ('registry' in check) return `${check.registry}\\${check.name} is ${check.value}`;
  return check.what;
}
