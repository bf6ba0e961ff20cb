"""Tests of consult_app.records."""
