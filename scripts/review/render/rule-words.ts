import type { FindingRule, RiskClass } from '../report';

/** What each rule is about and what to do, for those who meet it for the first time. */
export interface RuleWords {
  readonly text: string;
  readonly help: string;
}

export const findingWords: Readonly<Record<FindingRule, RuleWords>> = {
  'plan-failed': { text: 'A stack cannot be planned', help: "Mend what Terraform's message names, then review again." },
  'apply-failed': {
    text: 'A stack fails when it is applied',
    help: 'The plan is well, and the simulated cloud refuses to apply it: mend what the message names.',
  },
  fuse: {
    text: 'More goes away than is usual',
    help: 'Acknowledge it in the change itself, resource by resource, or make the change smaller.',
  },
  'both-halves': {
    text: 'Both halves of something redundant are hit',
    help: 'Change one half, deploy and look, then the other.',
  },
  'whole-site': { text: 'A whole site is hit', help: 'Retire a site first, and empty it, before it is left out.' },
  capacity: {
    text: 'Edges can serve another amount during or after the change',
    help: 'Compare it with what is expected of the site, and choose the hour of the deployment by it.',
  },
  opening: { text: 'Something is opened', help: 'Name who has to reach it, and nobody else.' },
  identity: { text: 'An identity may do more', help: 'Grant what it uses, and nothing beyond.' },
  protection: { text: 'A protection is lifted', help: 'Lift it in a change of its own, right before it is needed.' },
  address: {
    text: 'An address changes that others know',
    help: 'Tell those who name it in firewalls and allow lists before the deployment.',
  },
  name: { text: 'A name answers otherwise', help: 'Mind how long resolvers remember the former answer.' },
  output: { text: 'What a stack exports changes', help: 'See that those who read it can do with what it is now.' },
  rename: {
    text: 'Something goes and the same comes under another address',
    help: 'Add the block that is shown: then it is moved, and neither destroyed nor made.',
  },
  'left-behind': {
    text: 'A stack is left out while it has resources',
    help: 'Empty it first: nothing destroys a stack that the topology does not have.',
  },
  check: { text: 'A check of the configuration does not pass', help: 'Mend what its message names.' },
  drift: {
    text: 'Somebody changed it outside of Terraform',
    help: 'Find out why, then take it into the configuration or let the plan put it back.',
  },
  version: {
    text: 'A provider, Terraform or a library changes its version',
    help: 'Read what is new in it; a major version is a change of its own.',
  },
  image: { text: 'Machines start from another image', help: 'See that it was tested as it is.' },
  everywhere: { text: 'The change reaches several sites', help: 'Deploy one site, look at it, then go on.' },
  acknowledgement: {
    text: 'An acknowledgement counts for nothing',
    help: 'It names another change: look at this one, and acknowledge it anew or take it out.',
  },
  note: { text: 'Something to be known', help: 'Look at it yourself: the review could not.' },
};

export const riskHelp: Readonly<Record<RiskClass, string>> = {
  'data-loss': 'What it holds is gone afterwards. Back it up and acknowledge it, or avoid the replacement.',
  downtime: 'Nothing serves in its place meanwhile. Put a sibling beside it first, or choose the hour.',
  destroyed: 'It goes away. See that nobody needs it any more.',
  'behind-sibling': 'Its sibling serves meanwhile: see that it is well and has the capacity.',
  drained: 'Machines are made anew one after the other, when their users have gone: it takes its time.',
  'in-place': 'It is changed where it stands.',
  created: 'It is new: nobody uses it yet.',
  imported: 'It exists and is taken into the state.',
  forgotten: 'It stays where it is, and nobody manages it any more.',
  'no-effect': 'Nothing that anybody uses is touched.',
};
