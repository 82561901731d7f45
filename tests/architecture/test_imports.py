"""Imports go down only, folder by folder; `TYPE_CHECKING` imports count, for the reader follows them, too.

sitewide → episodes | posts | courses → desk → serving → content → web → text → libraries
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOPS = ("interaxion", "episodes", "posts", "courses")
APPS = ("episodes", "posts", "courses")

#: From the bottom up. Each may import those before it and itself; modules of `interaxion` itself are the wiring.
LAYERS = (
    ("interaxion.text",),
    ("interaxion.web",),
    ("interaxion.content",),
    ("interaxion.serving",),
    ("interaxion.desk",),
    APPS,
    ("interaxion.sitewide",),
    ("interaxion",),
)
#: The one sideways arrow: find or make a speaker by name or alias.
SIDEWAYS = {("posts", "episodes.people"), ("courses", "episodes.people")}
#: Folders whose modules import no Django.
WITHOUT_DJANGO = ("interaxion.text", "interaxion.web")
DJANGO = ("django", "markdownx", "taggit")
#: As many modules side by side as a reader takes in.
MOST_MODULES = 15
#: Of ours, loaded by `import episodes.models`: 116 before checks and derived rows registered themselves.
MOST_LOADED_BY_MODELS = 76


def read_modules() -> Iterator[tuple[str, Path]]:
    for top in TOPS:
        for file in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in file.parts:
                yield ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), file


MODULES = dict(read_modules())


def imports_of(file: Path) -> Iterator[str]:
    """Yield the modules that a file imports, ours as precisely as they can be named."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the direction"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module or ""


IMPORTS = {module: sorted(set(imports_of(file))) for module, file in MODULES.items()}


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def layer_of(module: str) -> int | None:
    """The index of its layer; None for a library."""
    return next((index for index, layer in enumerate(LAYERS) if any(is_in(module, each) for each in layer)), None)


def is_wrong(module: str, imported: str) -> bool:
    here, there = layer_of(module), layer_of(imported)
    assert here is not None
    if there is None or there < here:
        return False
    if there > here:
        return True
    app = module.split(".")[0]
    is_sideways = app in APPS and not is_in(imported, app)
    return is_sideways and not any(app == own and is_in(imported, other) for own, other in SIDEWAYS)


def loaded_by(module: str) -> set[str]:
    """Return every module of ours that importing `module` loads, the packages around them included."""
    loaded: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        while name:
            if name in MODULES and name not in loaded:
                loaded.add(name)
                waiting += IMPORTS[name]
            name = name.rpartition(".")[0]
    return loaded


def reached_from(module: str) -> set[str]:
    """Return every module of ours that a chain of import lines leads to from `module`."""
    reached: set[str] = set()
    waiting = [module]
    while waiting:
        new = {name for name in IMPORTS[waiting.pop()] if name in MODULES} - reached
        reached |= new
        waiting += new
    return reached


def holds_code(module: str) -> bool:
    """Whether it is more than a folder: not an empty `__init__.py`, or one of a docstring."""
    return any(not isinstance(node, ast.Expr) for node in ast.parse(MODULES[module].read_text()).body)


def test_no_module_leads_back_to_itself():
    assert [module for module in MODULES if module in reached_from(module)] == []


def test_models_do_not_load_what_is_built_on_them():
    loaded = {module for module in loaded_by("episodes.models") if holds_code(module)}
    above = ("episodes.feed.rss", "interaxion.desk", "interaxion.content.linking", "interaxion.content.search")

    assert len(loaded) <= MOST_LOADED_BY_MODELS, "\n".join(sorted(loaded))
    assert not {name for module in loaded for name in IMPORTS[module] if is_in(name, "mutagen")}
    assert not {module for module in loaded if any(is_in(module, folder) for folder in above)}


def test_imports_go_down_only():
    wrong = [f"{module} → {name}" for module, names in IMPORTS.items() for name in names if is_wrong(module, name)]

    assert wrong == []


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("episodes.views", "posts.models"),
        ("interaxion.content.paths", "interaxion.sitewide.models"),
        ("posts.models", "episodes.models"),
        ("interaxion.content.files.pictures", "interaxion.settings"),
        ("interaxion.content.paths", "interaxion.desk.forms"),
        ("interaxion.text.times", "interaxion.content.paths"),
        ("interaxion.web.feed_xml", "interaxion.serving.security"),
        ("interaxion.desk.forms", "episodes.models"),
    ],
)
def test_a_wrong_arrow_is_found(module, imported):
    assert is_wrong(module, imported)


def test_folders_without_django_import_none():
    inside = [module for module in MODULES if any(is_in(module, folder) for folder in WITHOUT_DJANGO)]

    assert len(inside) > 60
    assert [f"{module} → {name}" for module in inside for name in IMPORTS[module] if name.split(".")[0] in DJANGO] == []


def test_a_folder_holds_no_more_modules_than_a_reader_takes_in():
    folders: dict[Path, list[str]] = {}
    for file in MODULES.values():
        if file.name != "__init__.py":
            folders.setdefault(file.parent, []).append(file.name)

    assert {folder.name: len(names) for folder, names in folders.items() if len(names) > MOST_MODULES} == {}
