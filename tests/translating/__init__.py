"""Looking after the files of words."""
