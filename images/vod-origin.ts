import { image } from './kit/description';

/** Licensed software for origins is nobody's to publish: it is an input, and its licence key comes at first boot. */
export default image({
  summary:
    'Origin of video on demand: nginx with slices, byte ranges and Lua, and a place for licensed origin software',
  base: 'base',
  packages: ['ffmpeg', 'libnginx-mod-http-lua', 'lua-cjson', 'lua-resty-core', 'lua-resty-lrucache', 'nginx'],
  inputs: {
    origin_software: {
      kind: 'file',
      description:
        'a folder with Debian packages (*.deb) of licensed origin software, installed, or with other files, kept',
      path: '/opt/watari/origin',
      mode: '0644',
      optional: true,
    },
  },
  steps: ['steps/origin-software.sh', 'steps/start-by-user-data.sh'],
  checks: [
    { service: 'nginx.service', is: 'disabled' },
    { script: 'checks/caching.sh', what: 'nginx keeps what it has fetched, and serves it when the origin is gone' },
    { script: 'checks/byte-ranges.sh', what: 'nginx serves a part of a file' },
  ],
  diskGiB: 20,
});
