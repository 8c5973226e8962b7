"""The rows of the staged world, one module per context, `size` of each kind."""
