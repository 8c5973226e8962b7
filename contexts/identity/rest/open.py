"""Views for callers who are not signed in, with limits of their own."""

from dataclasses import dataclass

from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from contexts.shared.http.throttling import AccountThrottle, AddressThrottle
from contexts.shared.http.views import ApiView


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    detail: str


class OpenView(ApiView):
    permission_classes = [AllowAny]
    authentication_classes = []
    throttle_classes = [AddressThrottle]
    throttle_scope = "credentials"


class MailView(OpenView):
    """A view that answers everybody the same. The owner of the address learns more by mail."""

    throttle_classes = [AddressThrottle, AccountThrottle]
    throttle_scope = "mail"

    def accepted(self) -> Response:
        return Response(Accepted(detail="If this can be done, a mail is on its way."), status=202)
