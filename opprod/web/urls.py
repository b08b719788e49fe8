"""The address of the page in hand, with a part of its query changed."""

from urllib.parse import quote, urlencode

from flask import Flask, request
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Map

from opprod.web.text import without_unusable

LARGEST_KEY = 2**31 - 1


class KeyConverter(IntegerConverter):
    """A whole number in a path: one that no record's key could be is of no page."""

    def __init__(self, url_map: Map, *, max: int = LARGEST_KEY) -> None:  # noqa: A002 Werkzeug's name
        super().__init__(url_map, max=max)


def init_app(app: Flask) -> None:
    """Give templates ``url_with()`` and ``query_without()``, and paths numbers that the database can hold."""
    app.url_map.converters["int"] = KeyConverter
    app.add_template_global(url_with)
    app.add_template_global(query_without)


def url_with(**changes: object) -> str:
    """Return the path of the page in hand with its query changed; None takes a name out."""
    query = MultiDict(request.args)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query.add(name, str(value))
    path = quote(request.script_root + request.path)
    return f"{path}?{urlencode(list(query.items(multi=True)))}" if query else path


def query_without(*names: str) -> list[tuple[str, str]]:
    """Return the query in hand but for these names: what a GET form carries along as hidden fields."""
    return [
        (without_unusable(name), without_unusable(value))
        for name, value in request.args.items(multi=True)
        if name not in names
    ]
