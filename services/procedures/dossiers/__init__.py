"""A request as its owner sees it, put together from every feature that holds a part."""
