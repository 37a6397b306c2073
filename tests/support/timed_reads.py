"""Reads one page over and over, in a process of its own, until its standard input closes.

`python -m tests.support.timed_reads http://localhost:8000/demarches` prints the seconds of each
read as JSON. A process of its own: the load made beside it does not make it late.
"""

import http.client
import json
import sys
import threading
import time
from urllib.parse import urlsplit

PAUSE_SECONDS = 0.005


def read_until(url: str, closed: threading.Event) -> list[float]:
    """Return how long each read took; anything but 200 raises."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    found = []
    while not closed.is_set():
        began = time.perf_counter()
        connection.request("GET", parts.path)
        response = connection.getresponse()
        response.read()
        found.append(time.perf_counter() - began)
        if response.status != 200:
            raise RuntimeError(f"{url} answered {response.status}")
        time.sleep(PAUSE_SECONDS)
    return found


def main() -> None:
    """Read until nobody holds our standard input any more."""
    closed = threading.Event()

    def watch() -> None:
        sys.stdin.read()
        closed.set()

    threading.Thread(target=watch, daemon=True).start()
    print(json.dumps(read_until(sys.argv[1], closed)))


if __name__ == "__main__":
    main()
