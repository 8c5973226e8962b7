"""The OpenAPI file is complete: examples that hold, descriptions, tags, names for any language."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from busuu import rest
from contexts.shared.http.description import operations

FILE: dict[str, Any] = rest.described()
OPERATIONS = {operation["operationId"]: operation for operation in operations(FILE)}
# Words of Java's language and of its default imports, which generated classes would hide.
TAKEN = frozenset(
    [
        "Override",
        "Deprecated",
        "Object",
        "String",
        "Integer",
        "Long",
        "Double",
        "Float",
        "Boolean",
        "Character",
        "Byte",
        "Short",
        "Void",
        "Class",
        "Enum",
        "Record",
        "Error",
        "Exception",
        "Throwable",
        "Thread",
        "Process",
        "Number",
        "Iterable",
        "Comparable",
        "System",
        "Package",
        "Module",
        "Runtime",
        "Math",
        "Map",
        "List",
        "Set",
        "File",
        "Date",
        "UUID",
    ]
)


def parts(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of the file."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part:
        if isinstance(inner, dict | list):
            yield from parts(inner)


def examples(operation: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Yield each example of an operation, with its schema."""
    for parameter in operation.get("parameters", ()):
        yield parameter["example"], parameter["schema"]
    for body in (operation.get("requestBody", {}), *operation["responses"].values()):
        for kind, content in body.get("content", {}).items():
            if kind == "application/json":
                yield content["example"], content["schema"]


class TestTheFile:
    def test_has_no_word_of_older_versions(self) -> None:
        assert not [part for part in parts(FILE) if "nullable" in part]

    def test_gives_no_field_of_a_body_a_default(self) -> None:
        bodies = {n: s for n, s in FILE["components"]["schemas"].items() if n.endswith("Request")}

        assert not [
            (name, field)
            for name, schema in bodies.items()
            for field, one in schema.get("properties", {}).items()
            if "default" in one
        ]

    def test_says_whose_it_is_and_where(self) -> None:
        assert FILE["info"]["license"]["identifier"] == "Apache-2.0"
        assert FILE["info"]["contact"]["name"]
        assert FILE["servers"]

    def test_declares_its_tags(self) -> None:
        used = {tag for operation in OPERATIONS.values() for tag in operation["tags"]}

        assert {tag["name"] for tag in FILE["tags"] if tag["description"]} == used

    def test_names_no_schema_as_java_does(self) -> None:
        assert not TAKEN & FILE["components"]["schemas"].keys()

    def test_gives_an_enumeration_the_name_that_graphql_has(self) -> None:
        names = FILE["components"]["schemas"].keys()

        assert {"Level", "Verdict", "GradeNote", "DueItemState"} <= names
        assert not [name for name in names if name.endswith("Enum")]


@pytest.mark.parametrize("name", OPERATIONS)
class TestAnOperation:
    def test_has_a_sentence_of_description(self, name: str) -> None:
        assert OPERATIONS[name]["description"].rstrip().endswith(".")
        assert OPERATIONS[name]["summary"]

    def test_has_examples_that_hold(self, name: str) -> None:
        found = list(examples(OPERATIONS[name]))

        for example, schema in found:
            whole = {**schema, "components": FILE["components"]}
            jsonschema.Draft202012Validator(
                whole, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
            ).validate(example)
        bare = OPERATIONS[name].keys().isdisjoint({"parameters", "requestBody"})
        assert found or bare
