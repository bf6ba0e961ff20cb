"""One file a command of `consult`; each parses, calls one action, and prints."""
