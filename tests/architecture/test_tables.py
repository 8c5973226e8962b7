"""No foreign key leaves the database of its context."""

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model

from contexts.shared.database.placement.aliases import alias_of

CONTEXTS = {"identity", "courses", "community", "tutoring", "billing"}
# Tables of Django and of other packages live with identity.
WITH_IDENTITY = {"auth", "admin", "contenttypes", "sessions"}

OURS = [model for model in apps.get_models() if model._meta.app_label in CONTEXTS]


def _home(label: str) -> str:
    return "identity" if label in WITH_IDENTITY else label


def _foreign_keys(model: type[Model]) -> list[Field]:
    fields = model._meta.get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, Field) and field.related_model]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
class TestTables:
    def test_have_no_foreign_key_into_another_context(self, model: type[Model]) -> None:
        for field in _foreign_keys(model):
            related = field.related_model
            assert isinstance(related, type)
            assert _home(related._meta.app_label) == _home(model._meta.app_label), field.name

    def test_have_names_of_their_constraints_that_say_whose_they_are(
        self, model: type[Model]
    ) -> None:
        for constraint in model._meta.constraints:
            assert constraint.name.startswith(f"{model._meta.app_label}_")


class TestMigrations:
    def test_depend_on_no_other_context(self) -> None:
        loader = MigrationLoader(None)

        crossing = [
            (key, parent)
            for key, migration in loader.disk_migrations.items()
            for parent in migration.dependencies
            if key[0] in CONTEXTS and _home(parent[0]) != _home(key[0])
        ]

        assert crossing == []

    def test_are_seen(self) -> None:
        loader = MigrationLoader(None)

        assert {label for label, _ in loader.disk_migrations} >= {"identity", "courses"}


class TestEveryContext:
    def test_has_a_database(self) -> None:
        assert {alias_of(context) for context in CONTEXTS} == {"default"}
