"""Writers of a formatted list, one module a format: `compose(lines, options) -> bytes`.

A line is data: nothing in it can become mark-up, a command or a control word of the format.
"""
