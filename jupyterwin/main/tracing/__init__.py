"""Watching the traffic between windows and the kernel: the tap in its path, and the trace that keeps what passed."""
