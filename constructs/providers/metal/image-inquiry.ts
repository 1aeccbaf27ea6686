import { randomUUID } from 'node:crypto';
import type { ImageInquiry } from '../../contract/adapter';
import { ProblemsError } from '../../contract/problem';
import type { Site } from '../../contract/site';
import { metalSite } from './settings';

/** The provider has no data source for images: who deploys asks MAAS itself, before any plan. */
export const imageInquiry: ImageInquiry = { missing };

const milliseconds = 20_000;

async function missing(
  site: Site,
  names: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { url } = metalSite(site).settings.maas;
  const key = environment['MAAS_API_KEY'];
  if (key === undefined) throw unanswered(site, 'MAAS_API_KEY is not in the environment');
  const uploaded = await uploadedNames(site, `${url}/api/2.0/boot-resources/?type=uploaded`, key);
  return names.filter((name) => !uploaded.has(name));
}

/** Names as machines are deployed with: MAAS keeps some without the `custom/` that it asks for. */
async function uploadedNames(site: Site, address: string, key: string): Promise<ReadonlySet<string>> {
  const answer = await ask(site, address, key);
  if (!answer.ok) throw unanswered(site, `${address} answers ${answer.status}`);
  const resources = (await answer.json()) as readonly { readonly name: string }[];
  return new Set(resources.map(({ name }) => (name.includes('/') ? name : `custom/${name}`)));
}

async function ask(site: Site, address: string, key: string): Promise<Response> {
  try {
    return await fetch(address, {
      headers: { Accept: 'application/json', Authorization: signature(key) },
      signal: AbortSignal.timeout(milliseconds),
    });
  } catch (error) {
    throw unanswered(site, `${address} does not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** OAuth 1.0 with plain text (RFC 5849, 3.4.4): the only way that MAAS takes. @param key `consumer:token:secret` */
function signature(key: string): string {
  const [consumer = '', token = '', secret = ''] = key.split(':');
  const fields = {
    oauth_version: '1.0',
    oauth_signature_method: 'PLAINTEXT',
    oauth_consumer_key: consumer,
    oauth_token: token,
    oauth_signature: `&${secret}`,
    oauth_nonce: randomUUID(),
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
  };
  const pairs = Object.entries(fields).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
  return `OAuth ${pairs.join(', ')}`;
}

function unanswered(site: Site, message: string): ProblemsError {
  return new ProblemsError([
    {
      path: `sites.${site.id}.settings.maas`,
      message: `whether MAAS has the images cannot be asked: ${message}`,
      fix: 'Set MAAS_API_KEY to a key of this MAAS, and see that its API can be reached from here.',
    },
  ]);
}
