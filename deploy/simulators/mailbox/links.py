"""Web addresses in plain text made clickable, everything else escaped."""

import re

from markupsafe import Markup, escape

_ADDRESS = re.compile(r"https?://[^\s<>\"'«»’“”]+")
# more often the sentence's than the address's
_TRAILING = ".,;:!?)]}"


def with_links(text: str) -> Markup:
    """Return `text` as HTML in which each http(s) address is a link."""
    pieces: list[Markup] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_TRAILING)
        pieces.append(escape(text[end : match.start()]))
        pieces.append(Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address))
        end = match.start() + len(address)
    pieces.append(escape(text[end:]))
    return Markup("").join(pieces)
