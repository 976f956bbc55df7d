"""The wheel holds everything: built, installed in a fresh environment, it renders with every style."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

RENDER = """
import kzcite
from kzcite.tables import styles
item = kzcite.parse("Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.")
library = kzcite.Library((item,))
names = [one.name for one in styles.styles()]
for name in names:
    assert "Сыздық" in kzcite.render(library, name)[0].text, name
print(len(names), "styles")
"""


def test_an_installed_wheel_renders_with_every_style(root: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist), str(root)],
        check=True,
        capture_output=True,
    )
    (wheel,) = dist.glob("*.whl")
    home = tmp_path / "env"
    venv.create(home, with_pip=True, system_site_packages=False)
    python = home / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    done = subprocess.run([python, "-c", RENDER], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) >= 6
