"""Tests of consult_app/reviewing."""
