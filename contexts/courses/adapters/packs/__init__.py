"""The course format `coursepack/1`, as docs/coursepack.md lays it down."""

from contexts.courses.adapters.packs.errors import PackError, PackRefused
from contexts.courses.adapters.packs.reading import read_pack
from contexts.courses.adapters.packs.schema import json_schemas
