import { image } from './kit/description';

/** Databases are made at the first boot: one that came with the image would be the same, and with the same id, everywhere. */
export default image({
  summary: 'PostgreSQL and MariaDB (MySQL), with exporters of their metrics',
  base: 'base',
  packages: [
    'mariadb-backup',
    'mariadb-server',
    'postgresql',
    'prometheus-mysqld-exporter',
    'prometheus-postgres-exporter',
    'ssl-cert',
  ],
  files: [
    {
      source: 'files/database/postgresql.service',
      path: '/etc/systemd/system/watari-postgresql.service',
      mode: '0644',
    },
    { source: 'files/database/mariadb.service', path: '/etc/systemd/system/watari-mariadb.service', mode: '0644' },
  ],
  steps: ['steps/databases.sh', 'steps/start-by-user-data.sh'],
  checks: [
    { service: 'postgresql.service', is: 'disabled' },
    { service: 'mariadb.service', is: 'disabled' },
    { script: 'checks/postgresql.sh', what: 'PostgreSQL is made, starts and answers' },
    { script: 'checks/mariadb.sh', what: 'MariaDB is made, starts and answers' },
    { user: 'postgres', is: 'locked' },
    { user: 'mysql', is: 'locked' },
    { when: 'sealed', absent: '/var/lib/postgresql/*/main' },
    { when: 'sealed', absent: '/var/lib/mysql/*' },
  ],
  diskGiB: 20,
});
