"""Limits of what authors write, as docs/coursepack.md gives them."""

import re
from typing import Annotated

from annotated_types import MaxLen, MinLen

UNIT_ID = r"[a-z0-9-]{1,40}"
NAME = r"[a-z0-9-]{1,60}"
LONGEST_TEXT = 1000

UnitId = Annotated[str, re.compile(f"^{UNIT_ID}$"), MaxLen(40)]
CourseId = Annotated[str, re.compile(f"^{NAME}$"), MaxLen(60)]
WordId = Annotated[str, re.compile(rf"^{UNIT_ID}\.w\.{NAME}$")]
LessonId = Annotated[str, re.compile(rf"^{UNIT_ID}\.l\.{NAME}$")]
ExerciseId = Annotated[str, re.compile(rf"^{UNIT_ID}\.e\.{NAME}$")]
Text = Annotated[str, MinLen(1), MaxLen(LONGEST_TEXT)]
Language = Annotated[str, re.compile(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Texts = Annotated[dict[Language, Text], MinLen(1)]
OneText = Annotated[dict[Language, Text], MinLen(1), MaxLen(1)]
Patterns = Annotated[list[Text], MinLen(1), MaxLen(200)]
Options = Annotated[list[Text], MinLen(2), MaxLen(6)]
Media = Annotated[str, re.compile(r"^media/[A-Za-z0-9_./-]{1,200}$")]
License = Annotated[str, re.compile(r"^[A-Za-z0-9.+-]{1,64}$")]
