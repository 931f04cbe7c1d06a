"""Kernel: where code of the user runs, from a frame to its outcome. No windows, no processes."""
