"""Imports point one way: data <- kg <- ingest, search <- cli; each outside package has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP = ("present", "jobs", "commands", "cli")  # where reading, keeping and searching may meet

# A layer, and what of ours it may import beside itself.
MAY_IMPORT = {
    "data": set(),
    "kg": {"data"},
    "ingest": {"data", "kg"},
    "search": {"data", "kg"},
    "jobs": {"data", "kg", "ingest", "search"},
    "present": {"data", "kg", "ingest", "search", "jobs"},
    "commands": {"data", "kg", "ingest", "search", "jobs", "present"},
    "cli": {"commands", "present"},
}

# An outside package, and the modules that may import it.
HOMES = {
    "networkx": ("kg.graph",),
    "rdflib": ("kg.rdf",),
    "pyoxigraph": ("kg.rdf",),
    "oxrdflib": ("kg.rdf",),
    "xlsxwriter": ("present.workbook",),
    "pyvis": ("kg.visualise",),
    "jinja2": ("kg.visualise", "present.summary"),
    "whoosh": ("search",),
    "tantivy": ("search",),
    "psutil": ("ingest.readers.tools", "jobs.doctor", "jobs.scratch", "jobs.serving", "jobs.workers"),
    "pypdfium2": ("ingest.readers.pdf", "ingest.readers.pdf_pictures", "ingest.readers.pdf_sheet"),
    "click": ("cli", "commands", "present"),
    "rich": ("cli", "present"),
}

# Too heavy to be imported before they are used; search.engines is itself imported only when a search runs.
HEAVY = ("networkx", "rdflib", "pyoxigraph", "oxrdflib", "xlsxwriter", "pyvis", "jinja2", "rich")
LATE = ("kg.rdf.",)  # modules that are themselves imported only where RDF is asked for


def modules() -> dict[str, ast.Module]:
    """Return the modules of the program by their dotted names."""
    paths = [path for name in MAY_IMPORT for path in (ROOT / name).rglob("*.py")]
    paths += [ROOT / f"{name}.py" for name in MAY_IMPORT if (ROOT / f"{name}.py").is_file()]
    return {dotted(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(paths)}


def dotted(path: Path) -> str:
    """Return the name by which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names that are imported anywhere in `tree`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield node.module or ""


def imports_at_once(tree: ast.Module) -> Iterator[str]:
    """Yield the names that are imported with the module itself, not in functions nor for type checkers."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports(node)


MODULES = modules()


def test_every_layer_is_read() -> None:
    assert {name.split(".")[0] for name in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_one_way(name: str) -> None:
    layer = name.split(".", maxsplit=1)[0]
    allowed = MAY_IMPORT[layer] | {layer}
    ours = {imported.split(".")[0] for imported in imports(MODULES[name])} & set(MAY_IMPORT)
    assert ours <= allowed, f"{name} imports {sorted(ours - allowed)}"


@pytest.mark.parametrize("package", HOMES)
def test_outside_package_has_one_home(package: str) -> None:
    users = {name for name, tree in MODULES.items() if package in {i.split(".")[0] for i in imports(tree)}}
    homes = HOMES[package]
    strangers = {name for name in users if not any(name == home or name.startswith(f"{home}.") for home in homes)}
    assert not strangers, f"{package} is imported by {sorted(strangers)}, its home is {', '.join(homes)}"


@pytest.mark.parametrize("name", MODULES)
def test_heavy_packages_are_imported_where_they_are_used(name: str) -> None:
    at_once = {imported.split(".")[0] for imported in imports_at_once(MODULES[name])}
    late = name.startswith(LATE)
    assert late or not at_once & set(HEAVY)


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith(LATE)])
def test_late_modules_are_imported_where_they_are_used(name: str) -> None:
    assert [imported for imported in imports_at_once(MODULES[name]) if f"{imported}.".startswith(LATE)] in (
        [],
        ["kg.rdf"],
    )


def test_packages_are_shipped() -> None:
    """Every package and module of the program stands in pyproject.toml, or an installed thongsuot lacks it."""
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packages = {dotted(path.parent) for name in MAY_IMPORT for path in (ROOT / name).rglob("__init__.py")}
    assert packages == set(settings["packages"])
    assert {name for name in MAY_IMPORT if (ROOT / f"{name}.py").is_file()} == set(settings["py-modules"])
