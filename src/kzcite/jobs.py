"""The jobs: the only place where engines meet. Each is a composition of engine calls and nothing else."""
