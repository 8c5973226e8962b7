"""A valid pack is read, hashed by its content, and described to editors."""

from pathlib import Path

import pytest

from contexts.courses.adapters.packs import json_schemas, read_pack
from contexts.courses.domain.exercises import parse
from tests.integration.courses.packs import CAFE, COURSE, write_pack

SHIPPED = Path(__file__).parents[3] / "contexts/courses/packs"


class TestAGoodPack:
    def test_is_read_whole(self, tmp_path: Path) -> None:
        course = read_pack(write_pack(tmp_path))

        assert (course.id, course.language, course.source) == ("es-from-en", "es", "en")
        assert [unit.id for unit in course.units] == ["greetings", "cafe"]
        assert [word.id for word in course.words()] == ["greetings.w.no", "cafe.w.coffee"]
        assert len(list(course.exercises())) == 10
        assert course.units[1].grammar == "# Articles\n\n*un* café\n"
        assert course.license_text == "CC BY 4.0\n"

    def test_has_words_where_yaml_has_booleans_and_numbers(self, tmp_path: Path) -> None:
        unit = read_pack(write_pack(tmp_path)).units[0]

        choice = unit.lessons[0].exercises[1].body
        assert (unit.words[0].text, unit.words[0].translation) == ("no", "on")
        assert unit.lessons[0].title == {"en": "1.0"}
        assert choice["options"] == ["no", "off", "yes", "1:30", "~", "null"]
        assert (choice["prompt"], choice["answer"]) == ({"en": "yes"}, "yes")

    def test_has_exercises_that_can_be_shown(self, tmp_path: Path) -> None:
        course = read_pack(write_pack(tmp_path))

        exercises = {e.id: parse(e.body) for e in course.exercises()}

        assert exercises["cafe.e.order"].correct_answer() == "Quisiera un café, por favor"
        assert exercises["cafe.e.back"].present("s")["to"] == "en"
        assert exercises["greetings.e.card"].uses == ("greetings.w.no",)

    def test_hashes_the_same_whatever_its_layout(self, tmp_path: Path) -> None:
        first = read_pack(write_pack(tmp_path / "a"))
        moved = COURSE.replace("id: es-from-en\n", "") + "id: es-from-en   # moved\n"

        second = read_pack(write_pack(tmp_path / "b", course=moved))

        assert first.content_hash == second.content_hash
        assert len(first.content_hash) == 64

    @pytest.mark.parametrize(
        "change",
        [
            {"LICENSE_md": "other"},
            {"cafe_md": "other"},
            {"coffee_ogg": "other"},
            {"cafe": CAFE.replace("I want a coffee, please.", "I'd like a coffee.")},
            {"course": COURSE.replace("lenient", "strict")},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_hashes_differently_after_any_change(
        self, tmp_path: Path, change: dict[str, str]
    ) -> None:
        first = read_pack(write_pack(tmp_path / "a"))

        second = read_pack(write_pack(tmp_path / "b", **change))

        assert first.content_hash != second.content_hash

    def test_is_read_as_nfc(self, tmp_path: Path) -> None:
        course = read_pack(write_pack(tmp_path, cafe=CAFE.replace("é", "e\u0301")))

        assert list(course.words())[1].text == "el café"

    @pytest.mark.parametrize(
        "path", sorted(SHIPPED.glob("*/course.yaml")), ids=lambda p: p.parent.name
    )
    def test_is_what_is_shipped(self, path: Path) -> None:
        assert read_pack(path.parent).id == path.parent.name


class TestTheSchemasForEditors:
    def test_name_what_is_required_and_allow_nothing_else(self) -> None:
        schemas = json_schemas()

        assert set(schemas) == {"course", "unit"}
        assert "units" in schemas["course"]["required"]
        assert schemas["unit"]["additionalProperties"] is False
        assert (
            len(schemas["unit"]["$defs"]["Lesson"]["properties"]["exercises"]["items"]["oneOf"])
            == 10
        )
