"""Tests of channels.sms."""
