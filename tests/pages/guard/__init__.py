"""The guard: a page listens to its own site, its own sign-in and its own socket, and to nobody else."""
