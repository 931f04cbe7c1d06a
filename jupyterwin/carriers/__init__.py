"""Carriers move encoded channel messages and know nothing of what is inside them."""
