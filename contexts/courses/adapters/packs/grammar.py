"""HTML in a unit's grammar notes, which is not allowed."""

from markdown_it import MarkdownIt


def html_lines(markdown: str) -> list[int]:
    """Return the lines at which a block with HTML begins."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    lines = []
    for token in tokens:
        parts = (token, *(token.children or ()))
        if token.map and any(part.type in ("html_block", "html_inline") for part in parts):
            lines.append(token.map[0] + 1)
    return lines
