import type { Construct } from 'constructs';
import type { LinkEnd, LinkEndSpec } from '../../contract/link';
import { ProblemsError } from '../../contract/problem';

/**
 * CloudStack's own VPN has static routes and no BGP, so no path is native here: idcf uses the self-hosted gateways.
 * @throws ProblemsError always
 */
export function link(scope: Construct, _id: string, spec: LinkEndSpec): LinkEnd {
  throw new ProblemsError([
    {
      path: scope.node.path,
      message: `site ${spec.site.id} (cloudstack ${spec.site.profile}) makes no end of a link by itself`,
      value: spec.link,
      fix: 'Put gateways on a site of profile idcf, or end the link at another site.',
    },
  ]);
}
