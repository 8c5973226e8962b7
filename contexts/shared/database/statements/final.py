"""Tables whose rows the database itself refuses to change.

UPDATE is refused on every engine. DELETE is refused on PostgreSQL, whose TRUNCATE test suites empty
their tables with, and on MariaDB and MySQL unless foreign keys are off, as Django's flush turns
them. On SQLite a flush is a plain DELETE: there only the models refuse it.
"""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_final(editor: BaseDatabaseSchemaEditor, *tables: str, message: str) -> None:
    """Add the triggers that a table lacks. `message` is the database's error."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql, "mysql": _mysql}
    for table in tables:
        for statement in make[editor.connection.vendor](table, message):
            editor.execute(statement, params=None)


def release(editor: BaseDatabaseSchemaEditor, *tables: str) -> None:
    """Drop the triggers of final tables."""
    for table in tables:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_final ON {table}", params=None)
            continue
        for name in (f"{table}_no_update", f"{table}_no_delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def _sqlite(table: str, message: str) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgresql(table: str, message: str) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {table}_is_final() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {table}_final ON {table}"
    yield (
        f"CREATE TRIGGER {table}_final BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_final()"
    )


def _mysql(table: str, message: str) -> Iterator[str]:
    refuse = f"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{message}'"
    yield f"DROP TRIGGER IF EXISTS {table}_no_update"
    yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}"
    yield f"DROP TRIGGER IF EXISTS {table}_no_delete"
    yield (
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW "
        f"BEGIN IF @@SESSION.foreign_key_checks = 1 THEN {refuse}; END IF; END"
    )
