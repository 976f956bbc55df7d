"""Build small PDFs from strings with their places: Helvetica, no compression."""

from __future__ import annotations

from collections.abc import Iterable

Put = tuple[float, float, float, str]
"""x, y, font size, characters."""


def pdf_file(pages: Iterable[Iterable[Put]]) -> bytes:
    objects = ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for page in pages:
        shown = "\n".join(
            f"BT /F {size} Tf {x} {y} Td ({text.translate({40: chr(92) + '(', 41: chr(92) + ')'})}) Tj ET"
            for x, y, size, text in page
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent PARENT /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F 1 0 R >> >> >>"
        )
        kids.append(len(objects))
    parent = len(objects) + 1
    objects.append(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{one} 0 R' for one in kids)}] >>")
    objects.append(f"<< /Type /Catalog /Pages {parent} 0 R >>")
    out = "%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one.replace('PARENT', f'{parent} 0 R')}\nendobj\n"
    start = len(out)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {len(objects) + 1} /Root {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")
