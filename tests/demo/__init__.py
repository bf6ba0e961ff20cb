"""Tests of consult_app/demo."""
