"""What an area's list of pages is made of."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

PageHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]
# method, path, handler
Page = tuple[str, str, PageHandler]
Pages = Sequence[Page]
