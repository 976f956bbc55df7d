"""Write docs/reference from the code and the tables, and the command outputs inside README.md.

`python docs/generate.py` writes, `--check` fails where a page is stale.

A block of README.md or of the guides

    <!-- run: kzcite explain '...' -->
    ```text
    ...
    ```

holds the command's real output: it is run in a folder with the sample paper, and what it prints (or its first lines,
where the command ends in `| head -12`) stands between the fences.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import exchange_page

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
RUN_IN = ("README.md", "docs/en.md", "docs/kk.md", "docs/ru.md")
BLOCK = re.compile(r"(<!-- run: (?P<command>.+?) -->\n```\w*\n)(?P<output>.*?)(```\n)", re.DOTALL)
WIDTH = "110"


def kzcite(arguments: list[str], cwd: Path = ROOT) -> str:
    """What a kzcite command prints on standard output, at a fixed width and in a fixed language."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "COLUMNS": WIDTH,
        "KZCITE_LANG": "en",
        "NO_COLOR": "1",
        "TERM": "dumb",
    }
    done = subprocess.run(
        [sys.executable, "-m", "kzcite", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise SystemExit(f"kzcite {shlex.join(arguments)}: exit {done.returncode}\n{done.stderr}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def cli_page() -> str:
    """Every verb's --help."""
    from kzcite.cli.main import VERBS

    parts = ["# The command line\n", COMPLETION, "## kzcite\n", f"```text\n{kzcite(['--help'])}```\n"]
    for verb in VERBS:
        shown = kzcite([verb, "--help"]).replace("python -m kzcite", "kzcite")
        parts.append(f"## kzcite {verb}\n\n```text\n{shown}```\n")
    return "\n".join(parts).replace("Usage: python -m kzcite", "Usage: kzcite")


COMPLETION = """Shell completion comes with the program:

```sh
eval "$(_KZCITE_COMPLETE=bash_source kzcite)"     # bash; put it into ~/.bashrc
eval "$(_KZCITE_COMPLETE=zsh_source kzcite)"      # zsh; put it into ~/.zshrc
_KZCITE_COMPLETE=fish_source kzcite | source      # fish
```
"""


def list_page(kind: str, heading: str, text: str) -> str:
    """A table made from `kzcite list KIND`."""
    rows = [
        [*line.replace("|", "\\|").split(None, 1), ""] for line in kzcite(["list", kind]).splitlines() if line.strip()
    ]
    body = "\n".join(f"| `{row[0]}` | {row[1]} |" for row in rows)
    return f"# {heading}\n\n{text}\n\n| name | what |\n| --- | --- |\n{body}\n"


def rule_pages() -> Iterator[tuple[Path, str]]:
    """A page for each check, and their index."""
    from kzcite import checks

    rows = []
    for rule in checks.rules():
        yield REFERENCE / "rules" / f"{rule.code}.md", checks.page(rule, "en").rstrip() + "\n"
        rows.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.label} | {rule.summary} |")
    head = "# Checks\n\n| code | name | severity | what |\n| --- | --- | --- | --- |\n"
    yield REFERENCE / "rules" / "README.md", head + "\n".join(rows) + "\n"


GOST_STYLES = {"gost-7.1-2003": "ГОСТ 7.1-2003", "gost-7.0.5-2008": "ГОСТ Р 7.0.5-2008"}


def gost_examples_page() -> str:
    """The worked examples that stand otherwise, from fixtures/render."""
    parts = [GOST_EXAMPLES]
    for style, heading in GOST_STYLES.items():
        cases = []
        for path in sorted((ROOT / "fixtures" / "render" / style).glob("*.case")):
            for text in path.read_text(encoding="utf-8").rstrip("\n").split("\n===\n"):
                head = text.partition("\n---\n")[0].split("\n")
                notes = dict(line.split(": ", 1) for line in head[1:-1])
                if "printed" in notes:
                    cases.append((head[0].removeprefix("# "), notes, head[-1]))
        for wanted, sub in ((True, "not in the data"), (False, "stands otherwise")):
            parts.append(f"## {heading}: {sub}\n")
            for title, notes, given in cases:
                if ("lacks" in notes) == wanted:
                    parts.append(_example(title, notes, given))
            parts.append("")
    return "\n".join(parts).rstrip("\n") + "\n"


def _example(title: str, notes: dict[str, str], given: str) -> str:
    lines = [f"- **{title}**: {notes['because']}."]
    if "lacks" in notes:
        lines.append("  - in no field: " + ", ".join(f"`{one}`" for one in notes["lacks"].split(" | ")))
    return "\n".join([*lines, f"  - printed: {notes['printed']}", f"  - given: {given}"])


GOST_EXAMPLES = """# GOST: worked examples that stand otherwise

Of the ninety examples of `fixtures/render` in each style (thirty types of entry in Kazakh, Russian and English), the
lines that are not given as their source prints them: first those that hold something that is in no field of their data,
then those that the standard has otherwise. «given» is the line that stands there. How many there are, and what follows
from data and tables: [GOST](../explanation/gost.md).
"""


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page with its text."""
    yield REFERENCE / "gost-examples.md", gost_examples_page()
    yield REFERENCE / "cli.md", cli_page()
    yield (
        REFERENCE / "styles.md",
        list_page("styles", "Styles", "`kzcite render --style NAME`; any CSL 1.0.2 file too."),
    )
    yield REFERENCE / "formats.md", list_page("formats", "Formats", "What each can do, and its file suffixes.")
    yield REFERENCE / "systems.md", list_page("systems", "Romanisation systems", "`kzcite romanise --system NAME`.")
    yield REFERENCE / "profiles.md", list_page("profiles", "Journal profiles", "`kzcite check --profile NAME`.")
    yield REFERENCE / "exchange.md", exchange_page.page()
    yield from rule_pages()
    for name in RUN_IN:
        path = ROOT / name
        if path.is_file():
            yield path, with_outputs(path.read_text(encoding="utf-8"))


def with_outputs(text: str) -> str:
    """The page with the output of each `run` block made anew, all commands of a page in one empty directory."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "paper.md").write_bytes((ROOT / "fixtures" / "demo" / "paper.md").read_bytes())

        def made(found: re.Match[str]) -> str:
            command, _, most = found["command"].partition(" | head -")
            shown = kzcite(shlex.split(command)[1:], here)
            if most and len(shown.splitlines()) > int(most):
                shown = "".join(f"{line}\n" for line in [*shown.splitlines()[: int(most)], "..."])
            return f"{found[1]}{shown}{found[4]}"

        return BLOCK.sub(made, text)


def main() -> int:
    stale = []
    for path, text in pages():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if "--check" in sys.argv:
            stale.append(str(path.relative_to(ROOT)))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    if stale:
        print("stale, run `make pages`:", *stale, sep="\n  ", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
