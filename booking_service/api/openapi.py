"""The OpenAPI 3.1 text of the API, made from the shapes themselves so that the two cannot disagree."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from booking_service.api.shapes import Problem, Slots

SCHEMAS = "#/components/schemas/"
PROBLEM = "application/problem+json"
LONGEST_DAYS = 62


def document(site_url: str) -> dict[str, Any]:
    """The whole description; `site_url` is the origin that answers."""
    _, definitions = models_json_schema(
        [(model, "serialization") for model in (Slots, Problem)], ref_template=SCHEMAS + "{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pieraksts",
            "version": "1",
            "description": "Free times of doctors. The booking pages offer the same. No key is needed.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": site_url}],
        "paths": {"/api/v1/doctors/{slug}/slots": {"get": _slots()}, "/api/v1/openapi.json": {"get": _self()}},
        "components": {"schemas": definitions["$defs"]},
    }


def _slots() -> dict[str, Any]:
    return {
        "operationId": "listSlots",
        "summary": "Free times of a doctor",
        "description": (
            "Times that anybody may book, ascending. Without `from` they begin now, without `to` they end two weeks "
            f"later; at most {LONGEST_DAYS} days at once. A doctor who was renamed is answered by 308."
        ),
        "parameters": [
            _parameter("slug", "path", "The doctor's slug.", {"type": "string"}),
            _parameter("from", "query", "A date (local) or an instant with its offset.", {"type": "string"}),
            _parameter(
                "to", "query", "A date (that day included) or an instant, later than `from`.", {"type": "string"}
            ),
            _parameter("clinic", "query", "Only at this clinic: its slug.", {"type": "string"}),
            _parameter("service", "query", "Only for this service: its id.", {"type": "string"}),
        ],
        "responses": {
            "200": _answer("The free times.", "application/json", Slots),
            "304": {"description": "Nothing changed since the answer with this ETag."},
            "308": {"description": "The doctor has another slug now; Location has it."},
            "400": _answer("A parameter cannot be read.", PROBLEM, Problem),
            "404": _answer("There is no such doctor, or no such clinic or service of this doctor.", PROBLEM, Problem),
        },
    }


def _self() -> dict[str, Any]:
    return {
        "operationId": "describe",
        "summary": "This description",
        "responses": {
            "200": {
                "description": "OpenAPI 3.1.",
                "content": {"application/json": {"schema": {"type": "object"}}},
            }
        },
    }


def _parameter(name: str, place: str, text: str, schema: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "description": text, "schema": schema}


def _answer(text: str, kind: str, model: type[BaseModel]) -> dict[str, Any]:
    return {"description": text, "content": {kind: {"schema": {"$ref": SCHEMAS + model.__name__}}}}
