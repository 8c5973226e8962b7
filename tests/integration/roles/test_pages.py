"""Who may open which page and which list of the admin: pages.toml and admin.toml, as they are."""

import pytest

from tests.integration.roles.pages import answers, list_answers, lists, operations
from tests.integration.roles.rows import gaps, let_in, table
from tests.integration.roles.stage import ROLES, STAFF, Stage

PAGES, LISTS = table("pages"), table("admin")
OPERATIONS = list(operations())
TEACHING = {"teacher", "tutor"}
# What is moved for whoever has the proof, or the address of a payment.
MOVES = {
    "POST verify-page": {"identity.User"},
    "POST reset-page": {"identity.User", "identity.Session"},
    "POST sandbox-page": {"sandbox.Session"},
}


class TestTheRows:
    def test_are_there_for_every_page_and_no_other(self) -> None:
        assert gaps(PAGES, OPERATIONS) == set()

    def test_are_there_for_every_list_of_the_admin_and_no_other(self) -> None:
        assert gaps(LISTS, lists()) == set()

    def test_are_missed_where_a_page_is_new_or_gone(self) -> None:
        assert gaps(PAGES, [*OPERATIONS, "GET diary"]) == {"GET diary"}
        assert gaps(PAGES, OPERATIONS[1:]) == {OPERATIONS[0]}

    def test_break_for_nobody(self) -> None:
        rows = {**PAGES, **LISTS}

        assert [name for name, row in rows.items() if max(map(int, row.values())) >= 500] == []

    def test_keep_a_tutors_desk_for_tutors(self) -> None:
        signing = {"GET tutoring-sign-in", "POST tutoring-sign-in", "PUT tutoring-sign-in"}
        desks = {name for name in PAGES if " tutoring-" in name} - signing

        seen = {role for name in desks for role in let_in(PAGES[name])}

        assert seen == TEACHING

    def test_let_staff_alone_into_the_admin(self) -> None:
        shut = {row[role] for row in LISTS.values() for role in set(ROLES) - STAFF}

        assert shut == {302}

    def test_let_moderators_see_community_and_finance_billing(self) -> None:
        seen = {
            role: {name.split(".")[0] for name, row in LISTS.items() if role in let_in(row)}
            for role in ("moderator", "finance")
        }

        assert seen == {"moderator": {"community"}, "finance": {"billing"}}


@pytest.mark.django_db
class TestAPage:
    @pytest.mark.parametrize("operation", PAGES)
    def test_answers_each_role_as_its_row_says(self, operation: str, stage: Stage) -> None:
        found = answers(stage, operation)

        assert found.row == PAGES[operation]
        assert found.told == {}
        assert found.moved == MOVES.get(operation, set())


@pytest.mark.django_db
class TestAList:
    @pytest.mark.parametrize("label", LISTS)
    def test_opens_for_each_role_as_its_row_says(self, label: str, stage: Stage) -> None:
        assert list_answers(stage, label).row == LISTS[label]
