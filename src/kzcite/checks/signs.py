"""Signs of a description that several rules look at: the area sign, addresses, the dashes."""

from __future__ import annotations

import re

DASHES = "-‐‑–—−"
AREA_SIGN = re.compile(rf"(?:(?<=[.!?…)\]»\"”])|(?<=\D[12]\d\d\d))[ \u00a0]([{DASHES}])[ \u00a0](?=\S)")
ADDRESS = re.compile(r"(?:https?\s?:|www\.|doi)\S*", re.IGNORECASE)
MAIL_ADDRESS = re.compile(r"[^\s@]{1,64}@\S+")
