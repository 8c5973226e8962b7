from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "contexts.identity"
    label = "identity"

    def ready(self) -> None:
        from contexts.identity import api
        from contexts.identity.web import middleware  # noqa: F401 - hears of each sign-in
        from contexts.shared import privacy

        privacy.register(
            privacy.Part(
                context="identity",
                columns=frozenset(
                    {
                        "User.id",
                        "Session.user",
                        "AddressChange.user",
                        "DataExport.user",
                        "StaffEnrollment.user",
                        "StaffEnrollment.requested_by",
                        "Agreement.user",
                        "Announcement.last_id",
                        "Consent.user",
                        "SpokenLanguage.user",
                        "Follow.follower",
                        "Follow.followed",
                        "Block.blocker",
                        "Block.blocked",
                        "Erasure.user",
                    }
                ),
                export=api.export_person,
                erase_person=api.erase_person,
            )
        )
