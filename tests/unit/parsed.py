"""Modules as their text reads: each is parsed once, whichever test asks."""

import ast
from functools import cache
from pathlib import Path


@cache
def text_of(module: Path) -> str:
    return module.read_text()


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(text_of(module))


@cache
def nodes_of(module: Path) -> tuple[ast.AST, ...]:
    """All nodes of a module's tree, at any depth."""
    return tuple(ast.walk(tree_of(module)))


def lines_of(module: Path) -> int:
    return len(text_of(module).splitlines())
