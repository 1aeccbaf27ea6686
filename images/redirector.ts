import { image } from './kit/description';

/** Sends a player to the cache that is to serve it; what decides is user data's, in Lua or as a map. */
export default image({
  summary: 'Redirector of video on demand: nginx with Lua, by device',
  base: 'base',
  packages: [
    'libnginx-mod-http-lua',
    'libnginx-mod-stream',
    'lua-cjson',
    'lua-resty-core',
    'lua-resty-lrucache',
    'nginx',
  ],
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    { service: 'nginx.service', is: 'disabled' },
    { script: 'checks/redirect.sh', what: 'nginx redirects by what Lua says' },
  ],
});
