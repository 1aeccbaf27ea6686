import { cachedState } from './agent';

/**
 * The edge's agent, Python 3.8 or later without further packages. It answers health checks, admits viewers, and finds
 * the origin that has a stream: `s3-abc` is on `a.s3.<domain>` or on `b.s3.<domain>`, whichever says so; of two the one
 * whose publisher came last. Both are asked only while a relay looks for its stream, at most three times a second for a
 * whole shard: a running stream costs the origins nothing. Addresses are remembered on disk, so that an edge works, and
 * starts again, without the zone. With each source goes the time since the stream was first asked for, at which the
 * relay's timestamps begin.
 *
 * An edge that leaves is `draining`: unhealthy and closed to new viewers, the others stay. It starts when the flag file
 * is there, or when the provider's notice of termination reads as configured.
 */
export const edgeAgent = String.raw`#!/usr/bin/python3
import json, os, re, socket, sys, threading, time, urllib.parse, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONFIG = json.load(open(sys.argv[1] if len(sys.argv) > 1 else '/etc/watari/edge.json'))
sys.path.insert(0, CONFIG.get('library', '/usr/local/lib/watari'))
import media


${cachedState}


STORE = CONFIG.get('store', '/var/lib/watari/names.json')
FLAG = CONFIG.get('flag', '/run/watari/draining')
NAME = re.compile(r'(s[1-9][0-9]{0,3})-[A-Za-z0-9_.-]{1,128}')
lock = threading.Lock()
shards, began = {}, {}
try:
    known = json.load(open(STORE))
except (OSError, ValueError):
    known = {}


def resolve(host):
    try:
        address = sorted(i[4][0] for i in socket.getaddrinfo(host, None, socket.AF_INET))[0]
    except OSError:
        return
    with lock:
        if known.get(host) != address:
            known[host] = address
            with open(STORE + '.new', 'w') as store:
                json.dump(known, store)
            os.replace(STORE + '.new', STORE)


class Shard:
    def __init__(self, name):
        self.hosts = ['%s.%s.%s' % (half, name, CONFIG['domain']) for half in 'ab']
        self.lock, self.asked, self.resolved, self.found = threading.Lock(), -9.0, -99.0, {}

    def origins(self):
        if time.monotonic() - self.resolved > 15:
            self.resolved = time.monotonic()
            looks = [threading.Thread(target=resolve, args=(host,), daemon=True) for host in self.hosts]
            for look in looks:
                look.start()
            if not any(host in known for host in self.hosts):
                for look in looks:
                    look.join(2)
        return [known[host] for host in self.hosts if host in known]

    def ask(self, origin, answers):
        url = 'http://%s:%d/publishers' % (origin, CONFIG.get('originPort', 8080))
        try:
            with urllib.request.urlopen(url, timeout=0.5) as answer:
                for stream, seconds in json.load(answer)['streams'].items():
                    answers.append((seconds, stream, origin))
        except (OSError, ValueError):
            pass

    def source(self, stream):
        with self.lock:
            if time.monotonic() - self.asked > 0.3:
                answers = []
                asks = [threading.Thread(target=self.ask, args=(o, answers), daemon=True) for o in self.origins()]
                for ask in asks:
                    ask.start()
                end = time.monotonic() + 0.6
                while any(ask.is_alive() for ask in asks) and time.monotonic() < end:
                    if any(name == stream for _, name, _ in answers):
                        end = min(end, time.monotonic() + 0.1)
                    time.sleep(0.01)
                self.found = {name: origin for _, name, origin in sorted(list(answers), reverse=True)}
                self.asked = time.monotonic()
            return self.found.get(stream)


def timeline(stream):
    with lock:
        now = time.monotonic()
        if len(began) > 10000:
            for old in sorted(began, key=began.get)[:5000]:
                del began[old]
        return now - began.setdefault(stream, now)


def source(stream):
    match = NAME.fullmatch(stream)
    if not match:
        return None
    with lock:
        shard = shards.setdefault(match[1], Shard(match[1]))
    end = time.monotonic() + 8
    while time.monotonic() < end:
        origin = shard.source(stream)
        if origin:
            return 'rtmp://%s:%d/live/%s %.3f' % (origin, CONFIG.get('rtmpPort', 1935), stream, timeline(stream))
        time.sleep(0.1)


def draining():
    return os.path.exists(FLAG)


def drain():
    os.makedirs(os.path.dirname(FLAG), exist_ok=True)
    open(FLAG, 'w').close()


def fetch(request, method='GET', headers={}):
    query = urllib.request.Request(request['url'], method=method, headers={**request.get('headers', {}), **headers})
    with urllib.request.urlopen(query, timeout=2) as answer:
        return answer.read().decode().strip()


def watch_notice(notice):
    while not draining():
        try:
            token = notice.get('token')
            headers = {token['header']: fetch(token, 'PUT')} if token else {}
            if fetch(notice, 'GET', headers) == notice['equals']:
                drain()
        except OSError:
            pass
        time.sleep(5)


class Agent(BaseHTTPRequestHandler):
    timeout = 5

    def answer(self, code, body=''):
        self.send_response(code)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self):
        try:
            if self.path == '/health':
                server.state()
                self.answer(503 if draining() else 200)
            elif self.path.startswith('/source/') and self.client_address[0] == '127.0.0.1':
                found = source(self.path[8:])
                self.answer(200 if found else 404, found or '')
            elif self.path == '/viewers':
                self.answer(200, str(server.state()['viewers']))
            elif self.path == '/metrics':
                state = server.state()
                numbers = (len(state['streams']), state['viewers'], draining())
                self.answer(200, 'watari_streams %d\nwatari_viewers %d\nwatari_draining %d\n' % numbers)
            else:
                self.answer(404)
        except Exception:
            self.answer(503)

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers.get('Content-Length', 0))).decode())
        name = form.get('name', [''])[0]
        allowed = self.client_address[0] == '127.0.0.1' and self.path == '/play' and NAME.fullmatch(name)
        self.answer(200 if allowed and not draining() else 403)

    def log_message(self, *_):
        pass


if __name__ == '__main__':
    if CONFIG.get('notice'):
        threading.Thread(target=watch_notice, args=(CONFIG['notice'],), daemon=True).start()
    ThreadingHTTPServer.request_queue_size = 128
    ThreadingHTTPServer(('', CONFIG.get('port', 8080)), Agent).serve_forever()
`;
