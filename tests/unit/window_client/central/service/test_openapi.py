import json

import pytest

from window_client.central.service import demo, openapi
from window_client.central.service.routes import ROUTES, Route

KEPT = demo.RESOURCES / "openapi.json"


def test_the_kept_document_is_the_generated_one() -> None:
    assert KEPT.read_text("utf-8") == openapi.text(), (
        "write it anew: python -m window_client.central.service.openapi > resources/openapi.json"
    )


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_documented(route: Route) -> None:
    operation = json.loads(KEPT.read_text("utf-8"))["paths"][route.path][route.method.lower()]

    assert operation["summary"] == route.summary
    if route.body is not None:
        assert route.body.__name__ in json.dumps(operation["requestBody"])
    for code in route.codes:
        assert code in operation["responses"]["default"]["description"]


def test_every_reference_resolves_and_every_name_is_its_own() -> None:
    document = openapi.document()
    text = json.dumps(document)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}

    assert names <= set(document["components"]["schemas"])
    operations = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(operations) == len(set(operations))
