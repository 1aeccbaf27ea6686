import type { ConfigurationFile, SystemdUnit } from '../../constructs/contract/configuration';

/**
 * What moves the streams on origins and edges. The reference is nginx with its RTMP module (`nginxRtmp`); a server of
 * your own brings the same parts. It must
 * - take publishers on an origin on TCP port 1935, asking `POST http://127.0.0.1:8080/publish` first (2xx: accept);
 * - serve viewers on an edge there, asking `POST http://127.0.0.1:8080/play` with the form field `name` first;
 * - on an edge, fetch a stream while it has viewers from where `GET http://127.0.0.1:8080/source/<name>` says (it waits
 *   until the stream is found, 404 after some seconds), and keep the viewers when that source ends. The answer is an
 *   URL, a space, and the seconds at which the timestamps are to begin, so that they run on for viewers;
 * - on an origin, end a stream for its edges when its publisher goes;
 * - come with `media.py`, from which the health agents import `state()`.
 * Its programs are in the images of the roles; these parts configure and start it.
 */
export interface MediaServer {
  readonly origin: MediaServerParts;
  readonly edge: MediaServerParts;
}

export interface MediaServerParts {
  readonly files: readonly ConfigurationFile[];
  readonly units: readonly SystemdUnit[];
  /**
   * Python 3: `state()` returns `{'streams': {name: seconds since its publisher came}, 'viewers': number}` and raises
   * when the media server is dead.
   */
  readonly mediaModule: string;
}

export const libraryFolder = '/usr/local/lib/watari';
/** Adobe's Real-Time Messaging Protocol 1.0, section 1. */
export const rtmpPort = 1935;
