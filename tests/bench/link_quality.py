"""Link the documents of an evaluation directory and write what `kzcite link -t json` prints, for its scorers.

python tests/bench/link_quality.py DIRECTORY_OF_TXT OUTPUT_DIRECTORY
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kzcite import finder, jobs, linker
from kzcite.cli.shapes import linked


def main(source: str, target: str) -> None:
    """Every *.txt of `source` → `target`/NAME.json; the parser is left out, as links do not need it."""
    out = Path(target)
    out.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    paths = sorted(Path(source).glob("*.txt"))
    for path in paths:
        document = finder.find(jobs.document_from_bytes(path.read_bytes(), path.name, "text"))
        document = linker.link(document.with_items({}))
        (out / f"{path.stem}.json").write_text(json.dumps(linked(document), ensure_ascii=False), encoding="utf-8")
    print(f"{len(paths)} documents, {time.perf_counter() - began:.2f} s", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
