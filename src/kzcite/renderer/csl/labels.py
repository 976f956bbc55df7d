"""`citation-label`: the trigraph of an item, such as `Oma24` or `KAM99` (CSL 1.0.2, "Standard variables")."""

from __future__ import annotations

from kzcite.renderer.csl.record import Record


def citation_label(record: Record) -> str:
    """The item's own `citation-label`, else letters of its authors and two digits of its year."""
    own = record.values.get("citation-label")
    if own:
        return own
    people = next((record.names[one] for one in ("author", "editor", "translator") if record.names.get(one)), ())
    families = ["".join(char for char in one.family or one.literal if char.isalpha()) for one in people[:4]]
    if not families:
        letters = "".join(word[:1] for word in record.values.get("title", "").split()[:4])
    elif len(families) == 1:
        letters = families[0][:4]
    elif len(families) == 2:
        letters = "".join(one[:2] for one in families)
    elif len(families) == 3:
        letters = families[0][:2] + families[1][:1] + families[2][:1]
    else:
        letters = "".join(one[:1] for one in families)
    date = record.dates.get("issued")
    year = f"{abs(date.parts[0]) % 100:02d}" if date and date.parts else ""
    return letters + year
