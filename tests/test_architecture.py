"""DESIGN's layout, checked by machine: imports run one way, and no part knows what it must not know."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# package -> the packages of ours that it may import
MAY_IMPORT = {
    "plans": set(),
    "db": set(),
    "spiders": {"db"},  # db.facts and db.documents alone: the vocabulary of what was seen, see below
    "crawler": {"plans", "db", "spiders"},
    "checks": {"plans", "db"},
    "reports": {"plans", "db", "checks"},
    "simulator": {"plans"},
    "gongkai": {"plans", "db", "spiders", "crawler", "checks", "reports", "simulator"},
}
FOREIGN = {
    "plans": {"scrapy", "sqlalchemy", "lxml", "jinja2", "playwright"},
    "db": {"scrapy", "jinja2", "lxml", "playwright"},
    "spiders": {"sqlalchemy", "jinja2"},
    "checks": {"scrapy", "lxml", "sqlalchemy", "jinja2", "playwright", "time"},
    "reports": {"scrapy", "lxml", "sqlalchemy"},
}


def imports_of(package: str) -> list[tuple[Path, str]]:
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [(path, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                found.append((path, node.module))
    return found


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_run_one_way(package: str) -> None:
    ours = set(MAY_IMPORT)
    for path, module in imports_of(package):
        top = module.split(".")[0]
        if top in ours and top != package:
            assert top in MAY_IMPORT[package], f"{path} imports {module}"


@pytest.mark.parametrize("package", FOREIGN)
def test_no_part_knows_what_it_must_not_know(package: str) -> None:
    for path, module in imports_of(package):
        assert module.split(".")[0] not in FOREIGN[package], f"{path} imports {module}"


def test_spiders_know_the_vocabulary_of_facts_and_no_database() -> None:
    modules = {module for _, module in imports_of("spiders") if module.startswith("db")}
    assert modules <= {"db.facts", "db.documents"}


def test_the_walk_finds_imports_at_all() -> None:
    assert all(imports_of(package) for package in MAY_IMPORT)
