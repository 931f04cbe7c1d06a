"""Kernel: starting a window host, and watching it to its end. No frames, no windows."""
