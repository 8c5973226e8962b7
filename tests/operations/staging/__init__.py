"""The rows of the staged world, one module a context; each holds `size` of all there may be."""
