"""The course format `coursepack/1`, as docs/coursepack.md lays it down."""

from contexts.courses.adapters.coursepack.errors import PackError, PackRefused
from contexts.courses.adapters.coursepack.reading import read_pack
from contexts.courses.adapters.coursepack.schema import json_schemas
