from datetime import UTC, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

MAX_PAGE = 100
_LONGEST_SIZE = 9


class InvalidPageSize(ParseError):
    default_code = "invalid_page_size"
    default_detail = f"A page has 1 to {MAX_PAGE} rows."


class InvalidCursor(ParseError):
    default_code = "invalid_cursor"
    default_detail = "This cursor is not valid. Start again from the first page."


def _position(text: Any) -> Any:
    """Return a position that every engine can compare. Raises InvalidCursor."""
    if text is None:
        return None
    # PostgreSQL has no text with NUL, and fewer offsets than Python.
    if "\x00" in text:
        raise InvalidCursor
    try:
        instant = datetime.fromisoformat(text)
        return str(instant.astimezone(UTC)) if instant.tzinfo else text
    except ValueError:
        return text
    except OverflowError:
        raise InvalidCursor from None


class CursorPaging(CursorPagination):
    """Keyset paging. The last page is as fast as the first."""

    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE
    invalid_cursor_message = str(InvalidCursor.default_detail)

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "description": "The address of the next page."},
                "previous": {**link, "description": "The address of the page before."},
                "results": schema,
            },
        }

    def decode_cursor(self, request: Request) -> Any:
        try:
            cursor = super().decode_cursor(request)
        except NotFound:
            raise InvalidCursor from None
        return cursor and cursor._replace(position=_position(cursor.position))

    def get_page_size(self, request: Request) -> int:
        size = request.query_params.get(self.page_size_query_param)
        if size is None:
            return cast(int, self.page_size)
        # int() is slow on long texts and accepts digits of every script.
        if not (size.isascii() and size.isdigit() and len(size) <= _LONGEST_SIZE):
            raise InvalidPageSize
        if not 1 <= int(size) <= MAX_PAGE:
            raise InvalidPageSize
        return int(size)

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> Any:
        return getattr(view, "ordering", None) or ("id",)

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view=view)
        # A forged position reaches the field's own conversion.
        except (ValueError, TypeError, OverflowError, ValidationError):
            raise InvalidCursor from None
