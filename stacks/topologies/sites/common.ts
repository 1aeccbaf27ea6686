/** What the topologies of one site share: whose they are, their names and their addresses. */
export const examplePlatform = {
  owner: 'streaming',
  cost: 'live',
  domain: 'example.com',
  addresses: { internal: '10.64.0.0/10' },
  operators: {
    sshAuthority: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE operators',
    prefixes: ['10.0.0.0/16'],
  },
};
