"""What a unit's grammar notes may not hold."""

from markdown_it import MarkdownIt


def html_lines(markdown: str) -> list[int]:
    """The lines where a block with HTML begins."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    lines = []
    for token in tokens:
        parts = (token, *(token.children or ()))
        if token.map and any(part.type in ("html_block", "html_inline") for part in parts):
            lines.append(token.map[0] + 1)
    return lines
