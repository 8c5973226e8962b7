from contexts.identity import api
from contexts.identity.events import (
    PasswordResetRequested,
    RegistrationRepeated,
    UserRegistered,
)
from contexts.shared.messaging.registry import subscribe


@subscribe(UserRegistered, outside=True)
def mail_verification_link(event: UserRegistered) -> None:
    api.mail_verification(user_id=event.user_id)


@subscribe(RegistrationRepeated, outside=True)
def mail_account_exists(event: RegistrationRepeated) -> None:
    api.mail_registration_repeated(user_id=event.user_id)


@subscribe(PasswordResetRequested, outside=True)
def mail_reset_link(event: PasswordResetRequested) -> None:
    api.mail_password_reset(user_id=event.user_id)
