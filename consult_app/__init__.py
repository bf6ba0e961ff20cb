"""Consult asks people around a looked-after child what they think before a review."""
