"""The wire: what travels, as pure data and state machines. No socket, thread, clock or event loop in this folder."""
