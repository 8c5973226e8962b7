"""Leave dictations without audio out of published lessons. Nobody can hear or complete them."""

from typing import Any

from django.db import migrations


def leave_out(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    lessons = apps.get_model("courses", "Lesson").objects.using(alias)
    versions = apps.get_model("courses", "CourseVersion").objects.using(alias)
    for version in versions.only("pk", "outline", "exercises_count"):
        silent = {}
        for lesson in lessons.filter(version_id=version.pk):
            keys = {exercise["key"] for exercise in lesson.exercises if _is_silent(exercise)}
            if keys:
                _shorten(lesson, keys)
                silent[lesson.key] = len(keys)
        if silent:
            _count(version, silent)


def _is_silent(exercise: dict[str, Any]) -> bool:
    return exercise["type"] == "dictation" and not exercise.get("audio")


def _shorten(lesson: Any, keys: set[str]) -> None:
    lesson.exercises = [each for each in lesson.exercises if each["key"] not in keys]
    lesson.exercise_keys = [key for key in lesson.exercise_keys if key not in keys]
    lesson.save(update_fields=["exercises", "exercise_keys"])


def _count(version: Any, silent: dict[str, int]) -> None:
    for unit in version.outline:
        for lesson in unit["lessons"]:
            lesson["exercises"] -= silent.get(lesson["lesson"], 0)
    version.exercises_count -= sum(silent.values())
    version.save(update_fields=["outline", "exercises_count"])


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_no_blocks")]

    operations = [migrations.RunPython(leave_out, migrations.RunPython.noop)]
