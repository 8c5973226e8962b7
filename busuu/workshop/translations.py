"""What the catalogues of messages lack: every text that a user may read has a translation."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

_CALLS = frozenset({"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "_"})
_IN_TEMPLATES = re.compile(
    r"""(?<![\w.])n?gettext\(u?(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
    r"""|(?<![\w.])_\((?P<quoted>'[^']*'|"[^"]*")\)"""
)


def gaps() -> list[str]:
    """Return one line for each message that a catalogue lacks, leaves empty or marks as fuzzy."""
    used = messages()
    return [line for language in _languages() for line in _gaps_of(language, used)]


def messages() -> set[str]:
    """Return every message of the code and the templates, in English."""
    found = {text for path in _code() for text in _in_code(path.read_text(encoding="utf-8"))}
    for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")):
        found |= set(_in_template(path.read_text(encoding="utf-8")))
    return {text for text in found if text}


def _languages() -> Iterator[str]:
    yield from (code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)


def _folder(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES")


def _gaps_of(language: str, used: set[str]) -> Iterator[str]:
    source = _folder(language) / "django.po"
    catalogue = read_po(io.BytesIO(source.read_bytes()), locale=language)
    for text in sorted(used - _of_django(language)):
        message = catalogue.get(text)
        if message is None or not message.string:
            yield f"{language} lacks: {text}"
        elif message.fuzzy:
            yield f"{language} is fuzzy: {text}"
    if not _is_compiled(catalogue, _folder(language) / "django.mo"):
        yield f"{language}: django.mo is older than django.po; msgfmt -o django.mo django.po"


def _of_django(language: str) -> set[str]:
    """Return the messages that Django itself translates, like the days of the week."""
    folder = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES"
    return set(_texts(read_mo(io.BytesIO((folder / "django.mo").read_bytes()))))


def _is_compiled(catalogue: Catalog, path: Path) -> bool:
    compiled = read_mo(io.BytesIO(path.read_bytes()))
    return _texts(catalogue) == _texts(compiled)


def _texts(catalogue: Catalog) -> dict[str, object]:
    return {
        str(message.id): message.string for message in catalogue if message.id and message.string
    }


def _code() -> Iterator[Path]:
    for name in ("busuu", "contexts"):
        yield from sorted(Path(settings.BASE_DIR, name).rglob("*.py"))


def _in_code(text: str) -> Iterator[str]:
    """Yield messages of gettext calls, and those of errors, which are translated when shown."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _name(node.func) in _CALLS and node.args:
            yield from _constant(node.args[0])
        elif isinstance(node, ast.ClassDef) and any(_is_message(each) for each in node.body):
            yield from (t for each in node.body if _is_message(each) for t in _value(each))


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _is_message(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.AnnAssign):
        return isinstance(statement.target, ast.Name) and statement.target.id == "message"
    return isinstance(statement, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "message" for target in statement.targets
    )


def _value(statement: ast.stmt) -> Iterator[str]:
    value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
    yield from _constant(value)


def _constant(node: ast.expr | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _in_template(text: str) -> Iterator[str]:
    for match in _IN_TEMPLATES.finditer(templatize(text)):
        yield ast.literal_eval(match["text"] or match["quoted"])
