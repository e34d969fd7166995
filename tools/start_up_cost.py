"""Counts the calls that Python makes while it imports each function: `python -m tools.start_up_cost [keep | NAME]`.

The counts do not depend on the machine, and all functions take two seconds together: each module's own calls are
counted once, and a function costs what its modules cost. NAME shows the dearest modules of a function; `keep` keeps the
counts, and a test refuses functions that cost more later.
"""

import builtins
import importlib
import importlib.machinery
import importlib.util
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = ROOT / "functions"
KEPT = ROOT / "tests" / "unit" / "tools" / "start_up_cost.json"
YARDSTICK = "pydantic.main"
"""The module whose cost tells how another version of Python counts."""
DEAREST = 25
_UNNAMED: tuple[Any, ...] = ("", None, None, (), 0)


class Costs:
    """The own calls of each module, and the modules that each one imports at its import."""

    def __init__(self) -> None:
        self.own: Counter[str] = Counter()
        self.imports: dict[str, set[str]] = defaultdict(set)
        self._running = ["nothing"]

    def of(self, module: str) -> dict[str, int]:
        """Returns the own calls of a module and of all that it brings."""
        brought, to_see = set(), [module]
        while to_see:
            if (seen := to_see.pop()) not in brought:
                brought.add(seen)
                to_see += self.imports[seen]
        return {each: self.own[each] for each in brought}

    def whole(self, module: str) -> int:
        """Returns the calls of a module and of all that it brings."""
        return sum(self.of(module).values())

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Counts while this lasts."""
        loaders = (importlib.machinery.SourceFileLoader, importlib.machinery.ExtensionFileLoader)
        executed = {loader: loader.exec_module for loader in loaders}
        imported, by_name = builtins.__import__, importlib.import_module
        for loader in loaders:
            loader.exec_module = self._executing(executed[loader])  # type: ignore[method-assign]
        builtins.__import__ = self._importing(imported)
        importlib.import_module = self._importing_by_name(by_name)
        sys.setprofile(self._count)
        try:
            yield
        finally:
            sys.setprofile(None)
            builtins.__import__, importlib.import_module = imported, by_name
            for loader in loaders:
                loader.exec_module = executed[loader]  # type: ignore[method-assign]

    def _count(self, _frame: Any, event: str, _: Any) -> None:
        if event in ("call", "c_call"):
            self.own[self._running[-1]] += 1

    def _executing(self, execute: Callable[[Any, ModuleType], None]) -> Any:
        def watched(loader: Any, module: ModuleType) -> None:
            re.purge()  # or who compiles a pattern second would seem to have it for nothing
            self._running.append(module.__name__)
            try:
                execute(loader, module)
            finally:
                self._running.pop()

        return watched

    def _importing(self, original: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
        def watched(*called: Any, **named: Any) -> ModuleType:
            module = original(*called, **named)
            name, globals_, _, names, level = {**dict(enumerate(_UNNAMED)), **dict(enumerate(called))}.values()
            names, level = named.get("fromlist", names), named.get("level", level)
            package = (named.get("globals", globals_) or {}).get("__package__") or ""
            full = importlib.util.resolve_name("." * level + name, package) if level else name
            self._has_imported(full)
            for each in names or ():
                self._has_imported(f"{full}.{each}")
            return module

        return watched

    def _importing_by_name(self, original: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
        def watched(name: str, package: str | None = None) -> ModuleType:
            module = original(name, package)
            self._has_imported(importlib.util.resolve_name(name, package) if package else name)
            return module

        return watched

    def _has_imported(self, name: str) -> None:
        while name:
            if name in sys.modules:
                self.imports[self._running[-1]].add(name)
            name = name.rpartition(".")[0]


def measured() -> Costs:
    """Imports every function, and returns what their modules cost."""
    from tools.openapi.routes import settings  # brings much that must not be imported before  # noqa: PLC0415

    names = settings()
    own = {name for name in sys.modules if name.partition(".")[0] in ("baton", "pydantic", "tools")}
    for name in own - {__name__, "__main__"}:
        del sys.modules[name]
    os.environ.update(dict.fromkeys(names, "0") | {"AWS_DEFAULT_REGION": "eu-central-1"})
    os.environ.update(dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "nobody"))
    costs = Costs()
    with costs.counted():
        for folder in sorted(path.parent for path in FUNCTIONS.glob("*/app.py")):
            spec = importlib.util.spec_from_file_location(f"functions.{folder.name}", folder / "app.py")
            if spec is None or spec.loader is None:
                raise LookupError(f"{folder} cannot be imported")
            spec.loader.exec_module(importlib.util.module_from_spec(spec))
            if clients := sys.modules.get("baton.aws.runtime.clients"):
                clients.client.cache_clear()
    return costs


def main(*words: str) -> None:
    """Prints the counts, or the dearest modules of one function, or keeps the counts."""
    costs = measured()
    if words and words != ("keep",):
        of_modules = sorted(costs.of(f"functions.{words[0]}").items(), key=lambda each: -each[1])
        print(*(f"{calls:8,} {module}" for module, calls in of_modules[:DEAREST]), sep="\n")
        return
    names = sorted(path.parent.name for path in FUNCTIONS.glob("*/app.py"))
    told = {
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        YARDSTICK: costs.whole(YARDSTICK),
        "functions": {name: costs.whole(f"functions.{name}") for name in names},
    }
    text = json.dumps(told, indent=2) + "\n"
    if words:
        KEPT.write_text(text)
    else:
        print(text, end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
