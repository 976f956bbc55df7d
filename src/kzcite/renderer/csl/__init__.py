"""The evaluator of CSL 1.0.2: a style read by citeproc-py is compiled once into closures, one module a CSL concern."""
