"""The live surfaces of a ticket: widget, sockets, and the console's shell and live state."""
