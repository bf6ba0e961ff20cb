"""The questionnaires and their words."""
