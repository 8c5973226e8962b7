"""A cache of parsed and validated documents, by their text."""

from collections import OrderedDict
from threading import Lock

from django.conf import settings
from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate

from contexts.shared.http.graphql.errors import RefusedDocument
from contexts.shared.http.graphql.limits import check_document, check_text

_MOST_CHARACTERS = 500_000
_MOST_ERRORS = 10


class Documents:
    """A cache of valid documents. Drops the least recently used ones if they grow too long."""

    def __init__(self, schema: GraphQLSchema, *, most_characters: int = _MOST_CHARACTERS) -> None:
        self._schema = schema
        self._most = most_characters
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def get(self, text: str) -> DocumentNode:
        """Return the parsed document. Raises BeyondLimits, IntrospectionOff, RefusedDocument."""
        with self._lock:
            if (document := self._documents.get(text)) is not None:
                self._documents.move_to_end(text)
                return document
        document = self._checked(text)
        self._keep(text, document)
        return document

    def _checked(self, text: str) -> DocumentNode:
        check_text(text)
        try:
            document = parse(text, max_tokens=settings.GRAPHQL_LIMITS["tokens"])
        except GraphQLError as error:
            raise RefusedDocument([error]) from None
        check_document(document)
        errors = validate(self._schema, document, max_errors=_MOST_ERRORS, hide_suggestions=True)
        if errors:
            raise RefusedDocument(errors)
        return document

    def _keep(self, text: str, document: DocumentNode) -> None:
        with self._lock:
            if text not in self._documents:
                self._documents[text] = document
                self._characters += len(text)
            while self._characters > self._most:
                dropped, _ = self._documents.popitem(last=False)
                self._characters -= len(dropped)
