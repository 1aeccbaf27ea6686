import { image } from './kit/description';

/** The store of logs is journald's own receiver: every machine ships its journal there, and journalctl reads it. */
export default image({
  summary: 'Monitoring: Prometheus, Alertmanager, blackbox exporter, and the store of all journals',
  base: 'base',
  packages: ['prometheus', 'prometheus-alertmanager', 'prometheus-blackbox-exporter', 'systemd-journal-remote'],
  files: [
    { source: 'files/watch/journal-remote.conf', path: '/etc/systemd/journal-remote.conf.d/watari.conf', mode: '0644' },
    {
      source: 'files/watch/journal-remote.service.conf',
      path: '/etc/systemd/system/systemd-journal-remote.service.d/watari.conf',
      mode: '0644',
    },
  ],
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    { service: 'prometheus.service', is: 'disabled' },
    { service: 'prometheus.service', is: 'startable' },
    { service: 'prometheus-alertmanager.service', is: 'startable' },
    { service: 'prometheus-blackbox-exporter.service', is: 'startable' },
    { script: 'checks/watch.sh', what: 'Prometheus scrapes and alerts, the blackbox exporter probes' },
    { script: 'checks/log-store.sh', what: 'the store takes journals and gives them back' },
    { user: 'prometheus', is: 'locked' },
    { when: 'sealed', absent: '/var/lib/prometheus/metrics2/*' },
  ],
  diskGiB: 40,
});
