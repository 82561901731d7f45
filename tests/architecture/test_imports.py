"""Imports go down only: sitewide → episodes | posts | courses → content → Django and libraries."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("interaxion.sitewide", "interaxion.content", "episodes", "posts", "courses", "interaxion")

#: What each package may import of ours. `interaxion` itself is the wiring and may import everything.
ALLOWED = {
    "interaxion.content": {"interaxion.content"},
    "episodes": {"interaxion.content", "episodes"},
    "posts": {"interaxion.content", "posts"},
    "courses": {"interaxion.content", "courses"},
    "interaxion.sitewide": set(PACKAGES) - {"interaxion"},
    "interaxion": set(PACKAGES),
}
#: The one sideways arrow: find or make a speaker by name or alias.
SIDEWAYS = {("posts", "episodes.speakers"), ("courses", "episodes.speakers")}

#: Inside an app, a module may import those of its own layer or of the layers before it. Others are pure or models.
LAYERS = (("models",), ("importing", "exporting", "feeds", "admin", "forms", "views"), ("urls",))
PURE = (
    "interaxion/content/markdown/", "interaxion/content/kramdown/", "interaxion/content/frontmatter.py",
    "interaxion/content/times.py", "interaxion/content/source_errors.py", "interaxion/content/yaml_strings.py",
    "episodes/notes.py", "episodes/numbers.py", "episodes/matching.py", "episodes/reading/",
    "interaxion/content/linking/addresses/", "interaxion/content/linking/citations.py",
    "interaxion/content/search/folding.py", "interaxion/content/search/grams.py",
    "interaxion/content/search/matching.py", "interaxion/content/search/terms.py",
    "interaxion/content/search/query.py", "interaxion/content/search/readings.py",
    "interaxion/content/search/ranking.py", "interaxion/content/reading_order.py", "episodes/podcast_apps.py",
)  # fmt: skip


def package_of(module: str) -> str | None:
    return next((package for package in PACKAGES if module == package or module.startswith(package + ".")), None)


def modules() -> Iterator[tuple[str, Path]]:
    for top in ("interaxion", "episodes", "posts", "courses"):
        for file in (ROOT / top).rglob("*.py"):
            if "migrations" not in file.parts:
                yield ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), file


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the direction"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if (ROOT / (whole.replace(".", "/") + ".py")).exists() else node.module or ""


def wrong_arrows(module: str, imported: list[str]) -> list[str]:
    package = package_of(module)
    assert package is not None
    return [
        f"{module} → {name}"
        for name in imported
        if (target := package_of(name)) and target not in ALLOWED[package] and (package, name) not in SIDEWAYS
    ]


def test_imports_go_down_only():
    assert [arrow for module, file in modules() for arrow in wrong_arrows(module, list(imports_of(file)))] == []


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("episodes.views", "posts.models"),
        ("interaxion.content.paths", "interaxion.sitewide.views"),
        ("posts.models", "episodes.models"),
        ("interaxion.content.files.pictures", "interaxion.settings"),
    ],
)
def test_a_wrong_arrow_is_found(module, imported):
    assert wrong_arrows(module, [imported]) == [f"{module} → {imported}"]


def test_pure_modules_know_nothing_of_django():
    pure = [(module, file) for module, file in modules() if str(file.relative_to(ROOT)).startswith(PURE)]

    assert len(pure) > 10
    assert [
        f"{module} → {name}" for module, file in pure for name in imports_of(file) if name.split(".")[0] == "django"
    ] == []


def test_models_do_not_import_what_is_built_on_them():
    later = {name for layer in LAYERS[1:] for name in layer}

    assert [
        f"{module} → {name}"
        for module, file in modules()
        if module.endswith(".models")
        for name in imports_of(file)
        if package_of(name) and name.split(".")[-1] in later
    ] == []
