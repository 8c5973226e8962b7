"""The course format `coursepack/1` of docs/coursepack.md."""

from contexts.courses.adapters.packs.errors import PackError, PackRefused
from contexts.courses.adapters.packs.reading import read_pack
from contexts.courses.adapters.packs.schema import json_schemas
