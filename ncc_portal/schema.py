"""The OpenAPI schema: what every operation may refuse, and the schema as a page."""

from __future__ import annotations

import functools
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator

Schema = dict[str, Any]

REF = "#/components/schemas/"


def add_refusals(result: Schema, **_context: Any) -> Schema:
    """Declare the refusals that all operations have in common, and their one form."""
    drop_marks(result)
    forms = result["components"]["schemas"]
    for name, form in forms.items():
        if name.endswith("Request"):
            form["additionalProperties"] = False
    forms["Refusal"] = refusal()
    for path, method, operation in operations(result):
        for parameter in read_parameters(operation):
            parameter["allowEmptyValue"] = not parameter.get("required", False)
            parameter["schema"].pop("nullable", None)
        for status, text in refusals(path, method, operation).items():
            operation["responses"][status] = response(text)
    names = {operation["tags"][0] for _path, _method, operation in operations(result)}
    result["tags"] = [{"name": name} for name in sorted(names)]
    return result


def read_parameters(operation: Schema) -> list[Schema]:
    return [p for p in operation.get("parameters", []) if p["in"] == "query"]


def refusals(path: str, method: str, operation: Schema) -> dict[str, str]:
    """The statuses with which an operation may refuse, and why."""
    found = {"401": _("Nobody is signed in, or what was given is not known.")}
    is_move = method == "post" and not path.endswith("/token/")
    if read_parameters(operation) or "requestBody" in operation or is_move:
        found["400"] = _("Something in the request cannot be used.")
    if method == "get" or (is_move and "{" in path):
        found["404"] = _("It does not exist, or you may not see it.")
    if is_move:
        found["403"] = _("You do not have the right, or came from another site.")
        found["409"] = _("The rules forbid it now; what is missing is listed.")
    elif method != "get":
        found["403"] = _("The request came from another site.")
    if method != "get":
        found["503"] = _("Somebody else is saving at the moment; try again.")
    if path.endswith(("/token/", "/sign/")):
        found["429"] = _("Too many attempts; try again later.")
    return found


def drop_marks(part: Any) -> None:
    """Take out what the generator wrote for itself."""
    if isinstance(part, dict):
        part.pop("x-spec-enum-id", None)
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            drop_marks(inner)


def refusal() -> Schema:
    sentences = {"type": "array", "items": {"type": "string"}}
    return {
        "type": "object",
        "description": _("Why a request was refused."),
        "required": ["detail"],
        "properties": {
            "detail": {
                "type": "string",
                "description": _("The reason, in a sentence."),
            },
            "fields": {
                "type": "object",
                "description": _("What is wrong with each field or parameter."),
                "additionalProperties": sentences,
            },
            "owed": {
                "type": "array",
                "description": _("Of a refusal by the rules (409): what is missing."),
                "items": {"$ref": REF + "Owed"},
            },
        },
    }


def response(text: str) -> Schema:
    form = {"schema": {"$ref": REF + "Refusal"}}
    return {"description": text, "content": {"application/json": form}}


def operations(schema: Schema) -> list[tuple[str, str, Schema]]:
    return [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


@functools.cache
def chapters(language: str) -> list[Schema]:
    """The schema as a page shows it: by kind of row, operations and fields."""
    generator: Any = SchemaGenerator
    schema = generator().get_schema(request=None, public=True)
    found: dict[str, Schema] = {}
    for path, method, operation in operations(schema):
        [tag] = operation["tags"]
        chapter = found.setdefault(tag, {"name": tag, "operations": [], "forms": {}})
        operation |= {"path": path, "method": method.upper()}
        for parameter in operation.setdefault("parameters", []):
            parameter["type"] = type_name(parameter["schema"])
        chapter["operations"].append(operation)
        asked = operation.get("requestBody", {})
        for answer in [asked, *operation["responses"].values()]:
            for content in answer.get("content", {}).values():
                add_forms(chapter["forms"], content["schema"], schema)
    for chapter in found.values():
        chapter["forms"].pop("Refusal", None)
    return list(found.values())


def add_forms(forms: Schema, part: Schema, schema: Schema) -> None:
    """Collect, by name, the forms that `part` of the schema is made of."""
    name = part.get("$ref", "").removeprefix(REF)
    if name and name not in forms:
        form = schema["components"]["schemas"][name]
        fields = form.get("properties", {})
        forms[name] = [
            {"name": key, "type": type_name(field)} | field
            for key, field in fields.items()
        ]
        for field in fields.values():
            add_forms(forms, field, schema)
    for inner in [part.get("items", {}), *part.get("allOf", [])]:
        if inner:
            add_forms(forms, inner, schema)


def type_name(part: Schema) -> str:
    """`list of Seat`, `date`, `integer or null`: the type of a field in words."""
    inner = part.get("allOf", [part])[0]
    if "$ref" in inner:
        name = inner["$ref"].removeprefix(REF)
    elif inner.get("type") == "array":
        name = _("list of %s") % type_name(inner["items"])
    else:
        name = inner.get("format") or inner.get("type", "")
    return _("%s or null") % name if part.get("nullable") else name
