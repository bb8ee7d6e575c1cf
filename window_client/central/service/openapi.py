"""The OpenAPI document, made from the routes and the message types."""

import json
import re
from typing import Any

import msgspec

from window_client.central import contract as c
from window_client.central.service.routes import ROUTES, Route, Way

BINARY = "application/offset+octet-stream"


def document() -> dict[str, Any]:
    """OpenAPI 3.1 for all routes."""
    types = {kind for route in ROUTES for kind in (route.body, route.answer) if kind is not None}
    ordered = sorted([*types, c.Problem], key=lambda kind: kind.__name__)
    _, schemas = msgspec.json.schema_components(ordered, ref_template="#/components/schemas/{name}")
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Central services of a government service hall",
            "version": "1",
            "description": (c.__doc__ or "").strip(),
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
    }


def text() -> str:
    """The document as it is kept in ``resources/openapi.json``."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _operation(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = {
        "summary": route.summary,
        "operationId": _name(route),
        "parameters": _parameters(route),
        "responses": {"200": _success(route), "default": _problem(route)},
    }
    if route.roles is not None:
        found["security"] = [{"session": sorted(route.roles)}]
    if route.body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(route.body)}}}
    elif route.method == "PATCH":
        schema = {"type": "string", "format": "binary", "maxLength": c.CHUNK}
        found["requestBody"] = {"required": True, "content": {BINARY: {"schema": schema}}}
    return found


def _parameters(route: Route) -> list[dict[str, Any]]:
    found = [_parameter(name, "path", required=True) for name in re.findall(r"{(\w+)}", route.path)]
    found += [_parameter(name, "query") for name in route.query]
    if route.way is Way.WRITE:
        found.append(_parameter("Idempotency-Key", "header", required=True))
    if route.method == "PATCH":
        found += [_parameter(name, "header", required=True) for name in ("Upload-Offset", "Content-Range")]
    if route.path in ("/v1/catalogue", "/v1/forms"):
        found.append(_parameter("If-None-Match", "header"))
    return found


def _parameter(name: str, where: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": where, "required": required, "schema": {"type": "string"}}


def _success(route: Route) -> dict[str, Any]:
    if route.path == "/v1/events":
        return {"description": "Server-sent events", "content": {"text/event-stream": {"schema": _ref(c.Event)}}}
    if route.method == "HEAD":
        return {"description": "Known", "headers": {"Upload-Offset": {"schema": {"type": "integer"}}}}
    schema = _ref(route.answer) if route.answer else {"type": "object"}
    return {"description": "Done", "content": {"application/json": {"schema": schema}}}


def _problem(route: Route) -> dict[str, Any]:
    codes = ", ".join(route.codes)
    return {
        "description": f"Refused; codes: {codes}" if codes else "Refused",
        "content": {"application/problem+json": {"schema": _ref(c.Problem)}},
    }


def _ref(kind: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _name(route: Route) -> str:
    words = [word for word in re.split(r"[^a-z_]+", route.path.removeprefix("/v1/").lower()) if word]
    return "_".join([route.method.lower(), *words])


if __name__ == "__main__":
    import sys

    sys.stdout.write(text())
