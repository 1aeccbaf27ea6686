import { cachedState } from './agent';

/**
 * The origin's agent, Python 3.8 or later without further packages. It answers health checks, tells which streams are
 * published here, and lets a publisher in or not.
 *
 * Health. Balancers send to the first healthy member, half `a` first. So `b` is healthy whenever its media server is,
 * and costs no time when `a` dies; `a` is healthy unless its peer has publishers and it has none, so that nothing
 * returns to it before the last publisher of `b` has gone. After a start, `a` waits for a first answer of its peer, or
 * for three questions without one.
 *
 * The gate. Balancers notice late: between the last publisher's end on `b` and the moment when the last balancer has
 * seen `a` return, publishers may still arrive on `b`, and two balancers may differ. So the first publisher of an empty
 * origin is let in only if the peer is empty as well; it comes again a moment later and meets the right one. Both ask at
 * once: each states its question before it asks, so one of them at least sees the other; `b` gives way, `a` waits for
 * what `b` decides. Whoever is sent here for more than 10 s is let in: then the balancers mean it.
 *
 * Partition: a peer that cannot be asked within 0.3 s is taken for dead and publishers are let in; should both origins
 * then have some, both keep them, the edges find each stream by name, and the balancers send new ones to `a`. One lost
 * answer changes nothing: health believes the last one until three questions in a row have failed.
 */
export const originAgent = String.raw`#!/usr/bin/python3
import json, sys, threading, time, urllib.error, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONFIG = json.load(open(sys.argv[1] if len(sys.argv) > 1 else '/etc/watari/origin.json'))
sys.path.insert(0, CONFIG.get('library', '/usr/local/lib/watari'))
import media


${cachedState}


INSIST = CONFIG.get('insist', 10)
lock = threading.Lock()
peer = {'busy': False, 'missed': 0, 'known': False}
asking, accepted, refused = 0, 0.0, (0.0, 0.0)


def ask():
    try:
        with urllib.request.urlopen('http://%s/publishers' % CONFIG['peer'], timeout=0.3) as answer:
            return json.load(answer)
    except urllib.error.HTTPError:
        return {'streams': {}, 'asking': 0, 'accepted': False}


def watch():
    while True:
        try:
            answer = ask()
            peer.update(busy=bool(answer['streams']), missed=0, known=True)
        except (OSError, ValueError):
            peer['missed'] += 1
            if peer['missed'] >= 3:
                peer.update(busy=False, known=True)
        time.sleep(0.25)


def healthy():
    streams = server.state()['streams']
    return CONFIG['half'] == 'b' or bool(streams) or (peer['known'] and not peer['busy'])


def publishers():
    return {'streams': server.state()['streams'], 'asking': asking, 'accepted': time.monotonic() - accepted < 2}


def other_is_used():
    end = time.monotonic() + 0.6
    while True:
        try:
            answer = ask()
        except (OSError, ValueError):
            return False
        if answer['streams'] or answer['accepted']:
            return True
        if not answer['asking']:
            return False
        if CONFIG['half'] == 'b':
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.05)


def may_publish():
    global asking, accepted, refused
    with lock:
        asking += 1
    try:
        now = time.monotonic()
        if not server.state()['streams'] and other_is_used():
            first, last = refused
            refused = (first if now - last < INSIST else now, now)
            if now - refused[0] < INSIST:
                return False
        accepted = time.monotonic()
        return True
    finally:
        with lock:
            asking -= 1


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
                self.answer(200 if healthy() else 503)
            elif self.path == '/publishers':
                self.answer(200, json.dumps(publishers()))
            elif self.path == '/metrics':
                state = server.state()
                self.answer(200, 'watari_publishers %d\nwatari_viewers %d\n' % (len(state['streams']), state['viewers']))
            else:
                self.answer(404)
        except Exception:
            self.answer(503)

    def do_POST(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        local = self.client_address[0] == '127.0.0.1'
        self.answer(200 if local and self.path == '/publish' and may_publish() else 403)

    def log_message(self, *_):
        pass


if __name__ == '__main__':
    threading.Thread(target=watch, daemon=True).start()
    ThreadingHTTPServer.request_queue_size = 128
    ThreadingHTTPServer(('', CONFIG.get('port', 8080)), Agent).serve_forever()
`;
