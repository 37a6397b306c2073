"""An editor of definitions before the gateway."""

import re
from html import unescape

from aiohttp import FormData

from tests.gateway.pages.legal.conftest import HIDDEN, Portal, location, texts

CARD = "/agents/demarches/carte-decheterie"


async def begun(portal: Portal) -> str:
    """Begin a draft of the card in the browser and return its address."""
    _, page = await portal.get(CARD)
    started, _ = await portal.post("/agents/modifications", page, go="procedure")
    assert started.status == 303
    return location(started)


async def retitled(portal: Portal, title: str = "Obtenir sa carte") -> str:
    """Begin a draft and change the French title by the form."""
    path = await begun(portal)
    sheet = f"{path}/parties/essentiel"
    _, page = await portal.get(sheet)
    typed = {**inputs(page), "title.fr": title}
    saved, page = await portal.post(sheet, page, **typed)
    assert saved.status == 303, texts(page)
    return path


def inputs(page: str) -> dict[str, str]:
    """What a browser would send of the main form as it stands."""
    found = re.findall(r'<input type="text"[^>]* name="([^"]+)" value="([^"]*)"', page)
    found += re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    found += re.findall(r'name="([^"]+)" value="([^"]*)" checked', page)
    for name, options in re.findall(
        r'<select [^>]*name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL
    ):
        found += [(name, value) for value in re.findall(r'value="([^"]*)" selected', options)]
    return {name: unescape(value) for name, value in found}


async def upload(portal: Portal, page: str, content: bytes):  # type: ignore[no-untyped-def]
    """Send a file by the form of import."""
    form = FormData({**dict(HIDDEN.findall(page)), "go": "import"})
    form.add_field("file", content, filename="x.yaml", content_type="application/yaml")
    response = await portal.client.post("/agents/modifications", data=form, allow_redirects=False)
    return response, await response.text()
