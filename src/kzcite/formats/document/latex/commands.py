"""What the reader knows of LaTeX: shapes of its commands, and which of them print, mark, or say nothing."""

from __future__ import annotations

import re

COMMAND = re.compile(r"\\([A-Za-z@]+)\*?[ \t]*")
BIBITEM = re.compile(r"\\bibitem[ \t]*(?:\[([^\]]{0,200})\])?[ \t\n]*\{([^{}]{1,200})\}[ \t]*\n?[ \t]*")
CITE = re.compile(
    r"\\(?:[Cc]ite(?:p|t|alp|num)?|parencite|footcite|autocite|textcite|supercite)\*?"
    r"[ \t]*((?:\[[^\[\]]{0,200}\]){0,2})[ \t]*\{([^{}]{1,2000})\}"
)
ENVIRONMENT = re.compile(r"\\(begin|end)[ \t]*\{([A-Za-z]+\*?)\}")
ITEM = re.compile(r"\\item[ \t]*(?:\[([^\]]{0,200})\])?[ \t]*")
PARAGRAPH = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")
VERB = re.compile(r"\\(?:verb|lstinline)\*?([^A-Za-z\s*])")
_LETTER = r"\\?[A-Za-zА-яЁё]"
ACCENT = re.compile(
    rf"\\(?:(['`^\"~=.])[ \t]*(?:\{{({_LETTER})\}}|({_LETTER}))"
    rf"|([uvHckrd])(?:[ \t]+({_LETTER})|\{{({_LETTER})\}}))"
)
MATHS = frozenset("equation equation* align align* gather gather* multline multline* eqnarray displaymath math".split())
VERBATIM = frozenset("verbatim verbatim* lstlisting minted comment filecontents filecontents*".split())
SECTIONS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5, "title": 1}
MARKS = {"textit": "italic", "emph": "italic", "textsl": "italic", "textbf": "bold", "textsuperscript": "sup"}
MARKS |= {"textsubscript": "sub", "textsc": "small-caps"}
# Commands whose first argument does not print.
SILENT = frozenset(
    """label ref pageref eqref bibliographystyle bibliography usepackage documentclass input include includegraphics
    pagestyle thispagestyle vspace hspace setlength setcounter addtocounter newcommand renewcommand providecommand
    hypersetup selectlanguage phantomsection addcontentsline nocite graphicspath geometry color pagenumbering
    bibitem""".split()
)
# Commands whose first argument does not print and whose second does.
HALF_SILENT = frozenset({"href", "hypertarget", "hyperlink", "hyperref", "foreignlanguage", "textcolor", "colorbox"})
SIGNS = ("---", "--", "<<", ">>", "``", "''", '"=', '"~', ",,")
PRINTED = {"---": "—", "--": "–", "<<": "«", ">>": "»", "``": "“", "''": "”", '"=': "-", '"~': "-", ",,": "„"}
