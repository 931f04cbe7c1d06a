"""Message ports: channels of two ends, each of which may be in the kernel, in a page, or under way between them."""
