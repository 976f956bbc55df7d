"""The errors of kzcite, each with its exit code: what went wrong, where, and what to do about it."""

from __future__ import annotations


class KzciteError(Exception):
    """Base of every error that a user can cause. `str()` is one sentence; `hint` says what to do."""

    exit_code = 2

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message, self.where, self.hint = message, where, hint

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} ({self.hint})" if self.hint else text


class UsageError(KzciteError):
    """The call is wrong: an unknown verb, option, format, style, system or rule. Exit 2."""


class StageError(UsageError):
    """An engine was called on a document that has not come far enough."""

    def __init__(self, have: str, need: str) -> None:
        super().__init__(f"the document is only {have}, this needs {need}", hint="use kzcite.link(document) first")


class InputError(KzciteError):
    """An input cannot be read: missing, broken, encrypted. Exit 3."""

    exit_code = 3


class LimitError(InputError):
    """An input goes over a bound of `kzcite.model.limits`. Exit 3."""

    def __init__(self, name: str, limit: float, *, where: str = "", actual: float | None = None) -> None:
        over = f" ({actual:g})" if actual is not None else ""
        super().__init__(
            f"over the limit {name}={limit:g}{over}", where=where, hint=f"raise it with --limit {name}=VALUE"
        )
        self.name, self.limit = name, limit


class TableError(KzciteError):
    """A table, style, locale or profile is bad. Exit 4."""

    exit_code = 4


class OutputError(KzciteError):
    """The output cannot be written; what stood there before is intact. Exit 5."""

    exit_code = 5
