import { image } from './kit/description';

/** The software of an edge: which of both a machine is, and what its agent does, comes with its user data (stacks/live). */
export default image({
  summary: 'Origin of live streams: nginx with its RTMP module, Python for the agent',
  base: 'edge',
});
