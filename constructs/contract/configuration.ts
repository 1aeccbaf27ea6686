/** Neutral configuration of one machine: what is on it, never how a provider brings it there. Software is in its image. */
export interface MachineConfiguration {
  /** Empty where machines are made from one template: the provider's own name stays. */
  readonly hostname: string;
  readonly files: readonly ConfigurationFile[];
  readonly units: readonly SystemdUnit[];
  readonly sysctl: Readonly<Record<string, string>>;
  /** What may reach this machine; everything else but established traffic is dropped by the host's firewall. */
  readonly firewall: readonly FirewallRule[];
  /** Prefixes that do not go by the default route. */
  readonly routes: readonly Route[];
  /** Public key of the SSH certificate authority of the operators. */
  readonly sshAuthority?: string;
  /** Shell commands, run once after the files are there and before the units start. */
  readonly commands: readonly string[];
}

export interface ConfigurationFile {
  readonly path: string;
  readonly content: string;
  /** Octal, `0644` for instance. */
  readonly mode: string;
  readonly owner?: string;
  /**
   * `${...}` in it is a value that is known at deployment, an address or a key; without, it is literal text.
   * cdktf's own string tokens are recognised in any case.
   * @default false
   */
  readonly tokens?: boolean;
}

export interface SystemdUnit {
  readonly name: string;
  /** Absent for a unit that a package brings and that is only enabled and restarted. */
  readonly content?: string;
}

export interface FirewallRule {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'vrrp' | 'esp' | 'ospf';
  readonly ports?: readonly number[];
  /** Source prefixes; `0.0.0.0/0` for everybody. */
  readonly from: readonly string[];
  readonly why: string;
}

export interface Route {
  readonly cidr: string;
  readonly via: string;
}
