import { image } from './kit/description';

export default image({
  summary: 'Cache of video on demand: nginx that fetches a segment once, by slices, with Lua for tokens and load',
  base: 'base',
  packages: [
    'libnginx-mod-http-headers-more-filter',
    'libnginx-mod-http-lua',
    'lua-cjson',
    'lua-resty-core',
    'lua-resty-lrucache',
    'nginx',
    'prometheus-nginx-exporter',
  ],
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    { service: 'nginx.service', is: 'disabled' },
    { script: 'checks/caching.sh', what: 'nginx keeps what it has fetched, and serves it when the origin is gone' },
    { script: 'checks/redirect.sh', what: 'nginx redirects by what Lua says' },
  ],
  diskGiB: 20,
});
