import { image } from './kit/description';

/** Knows what the caches carry and tells redirectors; the program is user data's, in Lua or Python. */
export default image({
  summary: 'Manager of video on demand: takes reports of load and answers where to go; nginx with Lua, Python',
  base: 'base',
  packages: [
    'libnginx-mod-http-lua',
    'lua-cjson',
    'lua-resty-core',
    'lua-resty-lrucache',
    'nginx',
    'python3',
    'python3-requests',
  ],
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    { service: 'nginx.service', is: 'disabled' },
    { script: 'checks/redirect.sh', what: 'nginx redirects by what Lua says' },
  ],
});
