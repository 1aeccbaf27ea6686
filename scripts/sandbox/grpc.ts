import { createServer, type Http2Server, type Http2Session, type ServerHttp2Stream } from 'node:http2';

/** A call that has arrived: its path, its message, and the connection that it came by. */
export interface Arrival {
  readonly path: string;
  readonly message: Uint8Array;
  readonly connection: Http2Session;
}

/** Answers a call; undefined when there is no such call. Called again with nothing, `sent` says that the answer has left. */
export interface Answer {
  readonly message: Uint8Array;
  readonly sent?: () => void;
}

export type Handler = (arrival: Arrival) => Promise<Answer | undefined>;

const UNIMPLEMENTED = 12;
const INTERNAL = 13;
/** One byte for compression, four for the length (gRPC over HTTP/2, "Length-Prefixed-Message"). */
const PREFIX_BYTES = 5;

/**
 * Serves unary gRPC calls on a unix socket.
 * Over plain HTTP/2, because only its sessions tell the aliases of a provider apart and gRPC libraries keep them to themselves.
 */
export async function listen(socket: string, handle: Handler): Promise<Http2Server> {
  const server = createServer({ settings: { initialWindowSize: 1 << 20, maxConcurrentStreams: 1000 } });
  server.on('stream', (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => stream.close());
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => void answer(stream, String(headers[':path']), Buffer.concat(chunks), handle));
  });
  server.on('session', (session) => session.on('error', () => session.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  return server;
}

async function answer(stream: ServerHttp2Stream, path: string, body: Buffer, handle: Handler): Promise<void> {
  const connection = stream.session;
  if (!connection) return;
  try {
    const found = await handle({ path, message: body.subarray(PREFIX_BYTES), connection });
    if (found) send(stream, found);
    else refuse(stream, UNIMPLEMENTED, `${path} is not served`);
  } catch (error) {
    refuse(stream, INTERNAL, error instanceof Error ? error.message : String(error));
  }
}

function send(stream: ServerHttp2Stream, { message, sent }: Answer): void {
  if (stream.destroyed) return;
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  if (sent) stream.on('close', sent);
  stream.end(Buffer.concat([prefix, message]));
}

function refuse(stream: ServerHttp2Stream, status: number, message: string): void {
  if (stream.destroyed) return;
  const headers = { ':status': 200, 'content-type': 'application/grpc' };
  stream.respond(
    { ...headers, 'grpc-status': String(status), 'grpc-message': encodeURIComponent(message) },
    { endStream: true },
  );
}
