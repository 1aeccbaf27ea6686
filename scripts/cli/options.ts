import { Option } from 'commander';

/** Used where neither `--topology` nor WATARI_TOPOLOGY says otherwise. */
export const defaultTopology = 'reference';

/** `--json`: one JSON document on stdout in place of text. */
export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document instead of text').default(false);
}

/** `--hybrid`: in the sandbox, real providers plan where they are on this machine. */
export function hybridOption(): Option {
  const text = 'validate and plan by the real providers that are on this machine, where Terraform would look for them';
  return new Option('--hybrid', text).default(false);
}

/** `--topology`: which platform is meant. */
export function topologyOption(): Option {
  return new Option('-t, --topology <name|file>', 'topology by name, or a .ts or .json file')
    .env('WATARI_TOPOLOGY')
    .default(defaultTopology);
}
