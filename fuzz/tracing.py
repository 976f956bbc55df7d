"""atheris' tracing of comparisons without its leak.

atheris (3.0) replaces every comparison of the instrumented code by a call of `_trace_cmp`, which reports whole numbers,
`bytes` and `str` to libFuzzer and returns the comparison's result with one reference too many, so that the result is
never freed. With True and False nobody notices; comparing two numpy arrays makes an array, and the labeller compares
some 250 a line: `line` grew by 77 KB a call and met its bound on memory after 12,000. There is nothing to report of
other operands than those three kinds, so that these are compared here, without atheris.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

Tracer = Callable[[Any, Any, int, int, bool], Any]
"""Left, right, the operator's number, the place in the code, whether one is a constant → what the comparison gives."""

TRACED = frozenset((int, bool, bytes, str))
"""The types that are worth a report; what they give is True or False, of which there is one each."""
OPERATORS = (operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge)


def without_leak(trace: Tracer, shift: int) -> Tracer:
    """`trace` for the types it reports, the bare comparison for all others.

    The operator's number stands `shift` bits to the left (Python 3.12 has flags under it).
    """
    traced, operators = TRACED, OPERATORS

    def compare(left: Any, right: Any, number: int, place: int, is_constant: bool) -> Any:
        if type(left) in traced and type(right) in traced:
            return trace(left, right, number, place, is_constant)
        return operators[number >> shift](left, right)

    return compare


def mended(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The target, with the mended function in place from its first call on.

    Instrumented code looks the function up at each comparison; `atheris.Fuzz` puts in libFuzzer's own as it starts, so
    that it is replaced no sooner.
    """
    import atheris
    from atheris.version_dependent import CMP_OP_SHIFT_AMOUNT

    own: list[Tracer] = []

    def call(data: bytes) -> None:
        if not own or atheris._trace_cmp is not own[0]:
            own[:] = [without_leak(atheris._trace_cmp, CMP_OP_SHIFT_AMOUNT)]
            atheris._trace_cmp = own[0]
        target(data)

    return call
