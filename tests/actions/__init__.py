"""Tests of consult_app/actions."""
