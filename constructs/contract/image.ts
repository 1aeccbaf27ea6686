/** Which image a machine boots. Until a role has an image of its own, the provider's pinned stock image serves. */
export interface ImageReference {
  /** `origin`, `edge`, `balancer`, `gateway` ...: the file name under `images/`. */
  readonly role: string;
  readonly architecture: 'amd64' | 'arm64';
  /** Content id of the role's own image; absent means the stock image with first-boot packages. */
  readonly contentId?: string;
}

/** Where an adapter builds an image: a Packer source, as data. Pure: no construct, no file, no network. */
export interface PackerSource {
  /** `amazon-ebs`, `googlecompute`, `cloudstack`, `qemu`. */
  readonly type: string;
  /** Packer plugin with its exact version. */
  readonly plugin: { readonly source: string; readonly version: string };
  readonly body: Readonly<Record<string, unknown>>;
}
