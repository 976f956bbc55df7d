"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

LAZY = (
    "lxml",
    "citeproc",
    "bibtexparser",
    "pycrfsuite",
    "rapidfuzz",
    "rich",
    "yaml",
    "stdnum",
    "openpyxl",
    "pypdfium2",
)


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_importing_kzcite_imports_nothing_heavy() -> None:
    loaded = _python("import sys, kzcite; print(*sorted({m.partition('.')[0] for m in sys.modules}))").split()
    assert not set(LAZY) & set(loaded)
    assert "click" not in loaded


def test_the_command_line_starts_without_engines() -> None:
    loaded = _python("import sys, kzcite.cli.main; print(*sorted(sys.modules))").split()
    assert not {one for one in loaded if one.partition(".")[0] in LAZY}
    assert not {one for one in loaded if one.startswith(("kzcite.parser", "kzcite.renderer", "kzcite.formats"))}


def test_every_public_name_loads() -> None:
    import kzcite

    for name in kzcite.__all__:
        assert getattr(kzcite, name) is not None
    with pytest.raises(AttributeError):
        _ = kzcite.no_such_name


def _modules(root: Path) -> list[Path]:
    return sorted((root / "src").rglob("*.py"))


def test_every_module_says_its_job(root: Path) -> None:
    silent = [
        str(p) for p in _modules(root) if p.stat().st_size and not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ]
    assert silent == []


def _catches_all(node: ast.AST) -> bool:
    return isinstance(node, ast.ExceptHandler) and (
        node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
    )


def test_nothing_catches_every_exception(root: Path) -> None:
    caught = [
        f"{path}:{getattr(node, 'lineno', 0)}"
        for path in _modules(root)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if _catches_all(node)
    ]
    assert caught == []


def test_no_module_is_a_grab_bag(root: Path) -> None:
    assert not [p for p in _modules(root) if p.stem in ("utils", "util", "helpers", "helper", "common", "core", "misc")]


def test_no_network_modules_are_used(root: Path) -> None:
    banned = {"socket", "urllib.request", "http.client", "requests", "httpx", "ftplib", "smtplib"}
    found = []
    for path in _modules(root):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path}: {name}" for name in names if name in banned]
    assert found == []
