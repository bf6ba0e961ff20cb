"""The parts of language."""
