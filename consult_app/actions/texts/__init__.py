"""Texts that come in: stored first, then whose each is, then heard."""
