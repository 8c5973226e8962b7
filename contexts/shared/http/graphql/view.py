"""The endpoint. A request that cannot run gets a problem; a field that fails gets an error."""

from collections.abc import Callable
from typing import Any

import graphene
from django.http import HttpRequest, HttpResponse
from graphql import (
    DocumentNode,
    ExecutionResult,
    OperationType,
    execute_sync,
    get_operation_ast,
)
from rest_framework import exceptions

from contexts.shared.http import lagging
from contexts.shared.http.authentication import actor_of
from contexts.shared.http.graphql import answers, persisted
from contexts.shared.http.graphql.context import Context
from contexts.shared.http.graphql.documents import Documents
from contexts.shared.http.graphql.errors import RefusedDocument
from contexts.shared.http.graphql.execution import AttributeExecution
from contexts.shared.http.graphql.keys import key_for
from contexts.shared.http.graphql.variables import refuse_unknown
from contexts.shared.http.methods import only
from contexts.shared.http.parsers import parse_json
from contexts.shared.http.unknown import UnknownField, refuse_parameters, unknown_fields

# Unknown extensions are ignored: Apollo's clients send their own names there.
_ALLOWED = frozenset({"query", "variables", "operationName", "extensions"})


class MalformedRequest(exceptions.ParseError):
    default_code = "graphql_malformed"
    default_detail = (
        "Send an object of `query` (a text), `variables` (an object), `operationName` (a text) "
        "and `extensions` (an object)."
    )


def endpoint(schema: graphene.Schema) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view that serves a schema."""
    documents = Documents(schema.graphql_schema)

    @only("POST")
    def graphql(request: HttpRequest) -> HttpResponse:
        try:
            refuse_parameters(request.GET, ())
            text, hash_, variables, name = _parsed(request)
            context = Context(request, actor_of(request))
            document = documents.get(text)
            operation = get_operation_ast(document, name)
            if operation:
                refuse_unknown(schema.graphql_schema, operation, variables)
            if operation and operation.operation is OperationType.QUERY:
                lagging.only_reads()
                if hash_ is not None:
                    persisted.remember(hash_, text, document, context.actor)
            elif operation:
                context.key = key_for(request, context.actor, operation)
            result = _run(schema, document, context, variables, name)
        except Exception as error:
            response = answers.refused(request, error)
            if response is None:
                raise
            return response
        return answers.executed(request, result)

    return graphql


def _parsed(
    request: HttpRequest,
) -> tuple[str, str | None, dict[str, Any] | None, str | None]:
    if request.content_type != "application/json":
        raise exceptions.UnsupportedMediaType(request.content_type or "")
    body = parse_json(request.body)
    if not isinstance(body, dict):
        raise MalformedRequest
    if unknown := unknown_fields(body, _ALLOWED):
        raise UnknownField(unknown)
    sent, variables, name = body.get("query"), body.get("variables"), body.get("operationName")
    if not isinstance(sent, str | None) or not isinstance(variables, dict | None):
        raise MalformedRequest
    extensions = body.get("extensions")
    if not isinstance(name, str | None) or not isinstance(extensions, dict | None):
        raise MalformedRequest
    text, hash_ = persisted.document_of(sent, extensions)
    if text is None:
        raise MalformedRequest
    return text, hash_, variables, name


def _run(
    schema: graphene.Schema,
    document: DocumentNode,
    context: Context,
    variables: dict[str, Any] | None,
    name: str | None,
) -> ExecutionResult:
    result = execute_sync(
        schema.graphql_schema,
        document,
        context_value=context,
        variable_values=variables,
        operation_name=name,
        execution_context_class=AttributeExecution,
        hide_suggestions=True,
    )
    # Without a path, nothing was run: the variables or the operation's name do not fit.
    if result.data is None and result.errors and all(error.path is None for error in result.errors):
        raise RefusedDocument(result.errors)
    return result
