"""The parser: one reference line → one Item, every value with its spans, source and calibrated confidence."""

from kzcite.parser.candidate import Candidate, Explanation
from kzcite.parser.pipeline import explain, parse_line, parse_lines
from kzcite.parser.scheme import scheme

__all__ = ["Candidate", "Explanation", "explain", "parse_line", "parse_lines", "scheme"]
