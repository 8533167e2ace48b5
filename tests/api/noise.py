"""Noise: requests of every kind, sensible in parts, for each route that the API's own reference describes."""

import json
from typing import Any, NamedTuple
from urllib.parse import quote

from hypothesis import strategies as st

import api

SCHEMA = api.application().openapi()
SHAPES = SCHEMA["components"]["schemas"]
ENDLESS = "/api/jobs/events/subscribe"

WORDS = ["approved", "cancelled", "create", "-amount", "1", "0", "-1", "2.5", "", "a\x00", "\ud83d", "WzEsMV0", "csv"]
WORDS += ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "2026-11-21T09:30:00Z", "99999999999"]
EDGES = [0, 1, 2, 3, 5, 7, -1, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**30]

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
NAMES = st.sampled_from(sorted({name for shape in SHAPES.values() for name in shape.get("properties", {})})) | TEXT
PLAIN = st.none() | st.booleans() | st.sampled_from(EDGES) | st.floats() | st.sampled_from(WORDS) | TEXT
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)


class Route(NamedTuple):
    """One operation of the reference: its parameters in the query, and the fields of its body."""

    method: str
    path: str
    parameters: list[str]
    fields: list[str]


class Request(NamedTuple):
    """One request, ready to be sent."""

    method: str
    address: str
    content: str | bytes


def _fields(way: dict[str, Any]) -> list[str]:
    kinds = way.get("requestBody", {}).get("content", {})
    names = [kind["schema"].get("$ref", "").rpartition("/")[2] for kind in kinds.values()]
    return [field for name in names if name for field in SHAPES[name].get("properties", {})]


def _parameters(way: dict[str, Any]) -> list[str]:
    return [parameter["name"] for parameter in way.get("parameters", []) if parameter["in"] == "query"]


ROUTES = [
    Route(method.upper(), path, _parameters(way), _fields(way))
    for path, ways in SCHEMA["paths"].items()
    for method, way in ways.items()
    if path != ENDLESS
]


def _some_of(names: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    known = st.fixed_dictionaries({}, optional=dict.fromkeys(names, values))
    return known | st.builds(lambda fit, odd: fit | odd, known, st.dictionaries(NAMES, values, max_size=2))


def _encoded(query: dict[str, Any]) -> str:
    quoted = [[quote(str(part), errors="surrogatepass") for part in pair] for pair in query.items()]
    return "&".join(f"{name}={value}" for name, value in quoted)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """A request to any route."""
    route = draw(st.sampled_from(ROUTES))
    number = draw(st.sampled_from(["1", "1", "1", "2", "4711", "2147483647", "2147483648", "0", "abc", "%00"]))
    path = "/".join(number if part.startswith("{") else part for part in route.path.split("/"))
    query = draw(_some_of(route.parameters, PLAIN))
    body = draw(_some_of(route.fields, VALUES).map(json.dumps) | VALUES.map(json.dumps) | st.binary(max_size=20))
    return Request(route.method, f"{path}?{_encoded(query)}", body)
