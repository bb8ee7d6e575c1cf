import re

from window_client.central.service.demo import DEMO, RESOURCES
from window_client.central.service.documents import load
from window_client.central.service.routes import ROUTES, Way


def test_a_route_stands_once() -> None:
    keys = [(route.method, re.sub(r"{\w+}", "*", route.path)) for route in ROUTES]

    assert len(keys) == len(set(keys))


def test_whatever_changes_something_is_run_by_the_writer() -> None:
    for route in ROUTES:
        if route.method in {"PUT", "DELETE"} or (route.method == "POST" and "lookups" not in route.path):
            assert route.way is not Way.READ, route.path


def test_only_these_are_open_to_everybody() -> None:
    assert {route.path for route in ROUTES if route.roles is None} == {
        "/v1/sessions",
        "/v1/health",
        "/v1/catalogue",
        "/v1/forms",
        "/v1/cases/by-number/{case_no}",
        "/v1/windows/{window}/morning",
    }


def test_roles_are_those_of_the_catalogue() -> None:
    import json

    known = set(json.loads(load(DEMO / "catalogue.json", RESOURCES / "forms").catalogue_body)["code_sets"]["role"])

    assert {role for route in ROUTES for role in route.roles or ()} <= known | {"device"}
