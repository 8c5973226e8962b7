from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class InvalidCursor(ParseError):
    default_code = "invalid_cursor"
    default_detail = "This cursor is not one that we gave you."


class CursorPaging(CursorPagination):
    """Keyset paging: as fast on the last page as on the first."""

    page_size_query_param = "page_size"
    max_page_size = 100
    invalid_cursor_message = str(InvalidCursor.default_detail)

    def decode_cursor(self, request: Request) -> Any:
        try:
            cursor = super().decode_cursor(request)
        except NotFound:
            raise InvalidCursor from None
        # PostgreSQL has no text with NUL to compare with.
        if cursor and "\x00" in str(cursor.position or ""):
            raise InvalidCursor
        return cursor

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
