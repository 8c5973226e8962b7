"""The compiled messages are up to date, and keep what they have promised."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from google.protobuf.descriptor_pb2 import DescriptorProto, FileDescriptorSet

from busuu.settings.databases import CONTEXTS
from busuu.workshop import protos


@pytest.fixture
def copy(tmp_path: Path, settings: Any) -> Path:
    """Copy the sources and the compiled messages to a folder."""
    for context in CONTEXTS:
        folder = Path("contexts") / context / "proto"
        # A context without events has none.
        if (protos.root() / folder).exists():
            shutil.copytree(protos.root() / folder, tmp_path / folder)
    (tmp_path / "docs").mkdir()
    shutil.copy(protos.root() / protos.RELEASED, tmp_path / "docs")
    settings.BASE_DIR = tmp_path
    return tmp_path


def _edit(copy: Path, before: str, after: str) -> None:
    source = copy / "contexts" / "billing" / "proto" / "events.proto"
    text = source.read_text()
    assert before in text
    source.write_text(text.replace(before, after, 1))


class TestTheCommittedFiles:
    def test_are_up_to_date(self) -> None:
        assert protos.stale() == []

    def test_keep_what_was_released(self) -> None:
        assert protos.broken() == []

    def test_fail_the_check_when_a_source_has_changed(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _edit(copy, "string hold_id = 2;", "string hold_id = 2;\n  string why = 4;")

        with pytest.raises(CommandError, match="make proto"):
            call_command("protos", "--check")

        assert "contexts/billing/proto/events_pb2.py is stale" in capsys.readouterr().out
        call_command("protos", "--write")
        call_command("protos", "--check")

    @pytest.mark.parametrize(
        ("before", "after", "message"),
        [
            ("string hold_id = 2;", "", "busuu.billing.v1.HoldLost: 2 was string hold_id, is gone"),
            (
                "string hold_id = 2;",
                "string hold_id = 9;",
                "busuu.billing.v1.HoldLost: 2 was string hold_id, is gone",
            ),
            (
                "int64 revision = 5;",
                "string revision = 5;",
                "busuu.billing.v1.EntitlementChanged: 5 was int64 revision, is string revision",
            ),
            (
                "string hold_id = 2;",
                "string held_id = 2;",
                "busuu.billing.v1.HoldLost: 2 was string hold_id, is string held_id",
            ),
            (
                "string hold_id = 2;",
                "optional string hold_id = 2;",
                "busuu.billing.v1.HoldLost: 2 was string hold_id, is optional string hold_id",
            ),
            (
                "string hold_id = 2;",
                "repeated string hold_id = 2;",
                "busuu.billing.v1.HoldLost: 2 was string hold_id, is repeated string hold_id",
            ),
            ("message HoldLost", "message HoldGone", "busuu.billing.v1.HoldLost is gone"),
        ],
    )
    def test_are_not_written_once_they_break_what_was_released(
        self, copy: Path, before: str, after: str, message: str
    ) -> None:
        _edit(copy, before, after)

        with pytest.raises(CommandError) as refused:
            call_command("protos", "--write")

        assert message in str(refused.value)
        with pytest.raises(CommandError):
            call_command("protos", "--release")

    def test_are_refused_where_a_reserved_number_is_used(self, copy: Path) -> None:
        _edit(copy, "string hold_id = 2;", "string hold_id = 2;\n  reserved 7;\n  string a = 7;")

        with pytest.raises(CommandError, match="reserved"):
            call_command("protos", "--check")

    def test_may_grow_and_then_promise_more(self, copy: Path) -> None:
        _edit(copy, "string hold_id = 2;", "string hold_id = 2;\n  string why = 4;\n  reserved 5;")
        call_command("protos", "--release")

        _edit(copy, "  string why = 4;\n  reserved 5;", "")

        assert protos.broken() == [
            "busuu.billing.v1.HoldLost: 4 was string why, is gone",
            "busuu.billing.v1.HoldLost: 5 is no longer reserved",
        ]


def _set(change: Callable[[DescriptorProto], object]) -> FileDescriptorSet:
    made = FileDescriptorSet()
    file = made.file.add(package="p")
    change(file.message_type.add(name="M"))
    return made


class TestReservedNames:
    def test_are_kept(self) -> None:
        before = _set(lambda message: message.reserved_name.append("old"))

        assert protos.breaks(before, before) == []
        assert protos.breaks(before, _set(lambda _: None)) == ["p.M: old is no longer reserved"]
