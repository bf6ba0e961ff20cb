"""How many bytes a page costs a phone: itself and everything it loads, as sent."""

import gzip
import re

from tests.bench.load import Caller

LOADED = re.compile(r'<(?:link|script|img)\b[^>]*\b(?:href|src)="(/[^"]+)"')


def _fetch(caller: Caller, path: str) -> tuple[int, str]:
    """Bytes on the wire of one response, headers included, and what it says uncompressed."""
    caller.line.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = caller.line.getresponse()
    body = answer.read()
    heads = sum(len(f"{name}: {value}\r\n") for name, value in answer.getheaders())
    squeezed = answer.getheader("Content-Encoding") == "gzip"
    return len(body) + heads, (gzip.decompress(body) if squeezed else body).decode()


def first_page(caller: Caller, path: str) -> int:
    """Bytes of the page at `path` and of all it loads."""
    size, html = _fetch(caller, path)
    return size + sum(_fetch(caller, found)[0] for found in set(LOADED.findall(html)))
